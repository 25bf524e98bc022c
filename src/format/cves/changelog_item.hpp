// SPDX-License-Identifier: GPL-2.0-or-later
//
// The items of a kernel package's changelog.
#pragma once

#include <string>
#include <string_view>

namespace kmodsec {

/// What an item does to a commit. "Reapply" and the revert of a revert apply the commit again.
struct ChangelogTitle {
  std::string_view commit;  ///< The title of the commit that is applied or taken back.
  std::string_view prefix;  ///< Before the word: "scsi: " of 'scsi: Revert "…"', which the title of
                            ///< the commit can lack.
  bool is_revert = false;
  bool names_another = false;  ///< The item quotes the title of another commit.
};

/// "[arm64] ext4: fix a leak (CVE-2026-1234) {x}" → "ext4: fix a leak": without the architectures
/// before the title of a commit, and the groups in brackets that a maker puts behind it.
std::string_view commit_title(std::string_view item);

/// Looks through any number of 'Revert "…"' and 'Reapply "…"', wherever in the title they begin; a
/// partial revert is one, too.
ChangelogTitle read_title(std::string_view title);

}  // namespace kmodsec
