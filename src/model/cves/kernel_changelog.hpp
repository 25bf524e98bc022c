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

struct KernelChangelog {
  std::string path;
  std::vector<ChangelogMention> mentions;  ///< Sorted by id, each once.
};

}  // namespace kmodsec
