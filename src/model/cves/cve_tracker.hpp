// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a distribution's own tracker says of vulnerabilities in its kernels.
#pragma once

#include <string>
#include <vector>

namespace kmodsec {

enum class TrackerStatus {
  fixed,         ///< In `fixed_in`, and in what came later of the same line of packages.
  not_affected,  ///< No package of its line has the vulnerability.
  affected,      ///< No fix yet.
};

/// Of one vulnerability in one package of one release of a distribution.
struct TrackerStatement {
  std::string id;       ///< "2024-1086", without "CVE-".
  std::string package;  ///< "linux", "linux-6.12", "kernel".
  std::string stream;   ///< "bookworm", "Ubuntu:22.04:LTS", "el9_4": for people.
  TrackerStatus status = TrackerStatus::affected;
  std::string fixed_in;  ///< The first version of the package with the fix; may be empty.
  /// Versions of the package that the statement speaks of: it says nothing of other lines.
  std::vector<std::string> versions;
  bool lists_affected = false;  ///< `versions` are all that have the vulnerability.
};

struct CveTracker {
  std::string path;
  std::vector<TrackerStatement> statements;  ///< Sorted by id.
};

}  // namespace kmodsec
