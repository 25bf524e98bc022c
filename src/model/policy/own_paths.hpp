// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <set>
#include <string>

namespace kmodsec {

/// The paths that plans change themselves: files, and the folders that these stand in.
struct OwnPaths {
  std::set<std::string> files;
  std::set<std::string> folders;
  std::set<std::string> of_administrator = {};  ///< Files that others write as well: the policy.

  void add(const std::string& file) {
    files.insert(file);
    for (std::size_t end = file.rfind('/'); end > 0 && end != std::string::npos;
         end = file.rfind('/', end - 1))
      folders.insert(file.substr(0, end));
  }
};

}  // namespace kmodsec
