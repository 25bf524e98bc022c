// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "system/files/root.hpp"

namespace kmodsec {

/// Finds the name under which a file is recorded, whichever of its names somebody used: where /lib
/// leads to /usr/lib, /usr/lib/modules/R/x.ko is /lib/modules/R/x.ko. Links are followed on the way
/// to a file, inside the tree; a link at its end is a file of its own.
class RecordedPaths {
 public:
  RecordedPaths(const Root& root, std::vector<std::string> recorded);

  /// `path` itself where it is recorded, or where no other name of it is.
  std::string name_of(const std::string& path);

 private:
  std::string real_path(const std::string& path);
  std::string real_folder(const std::string& folder);

  const Root& root_;
  std::vector<std::string> recorded_;                ///< Sorted.
  std::map<std::string, std::string> by_real_path_;  ///< Made when the first is looked for.
  std::map<std::string, std::string> real_folders_;
};

}  // namespace kmodsec
