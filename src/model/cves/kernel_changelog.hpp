// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

namespace kmodsec {

/// What the changelog of a kernel's package says of one vulnerability.
struct ChangelogMention {
  std::string id;        ///< "2024-1086", without "CVE-".
  std::string version;   ///< Of the package that fixed it, the newest that says so.
  std::string title;     ///< Of the change.
  std::string reverted;  ///< The package that took the change back since; empty when none did.
};

/// A change that the maker of the package has taken in by itself, outside of upstream's stable
/// releases.
struct ChangelogChange {
  std::string digest;   ///< Of its title, see `title_digest`.
  std::string version;  ///< Of the package that has it first.
  unsigned year = 0;    ///< When that package was made; 0 where the changelog does not tell.
};

struct KernelChangelog {
  std::string path;
  std::vector<ChangelogMention> mentions;  ///< Sorted by id, each once.
  std::vector<ChangelogChange> changes;  ///< Without those taken back. Sorted by digest, each once.
};

}  // namespace kmodsec
