// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/report.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// /lib/modules/RELEASE, or the same below /usr in an image that has no /lib.
std::string module_folder(const Root& root, const std::string& release);

/// Places from which the modules of one kernel are taken.
struct ModulePaths {
  std::vector<std::string> paths;    ///< The module files, each once, by the name it was found by.
  std::vector<std::string> folders;  ///< Those gone through, each once, and links to folders.
  std::vector<std::string> links;    ///< Those of the module files that are links.
  std::vector<std::string> outside;  ///< Folders and files that only depmod.d or an index names.
  std::vector<Unseen> unseen;        ///< What could not be looked into.
  bool lacks_named = false;          ///< An index names a file that is not there.
};

/// Where the module files of a release lie: whatever depmod puts into its indexes, in the folders
/// of the kernel, behind links there and in the external folders of depmod.d(5); and what
/// modules.dep and modules.dep.bin name besides, with which modprobe would go anywhere.
ModulePaths find_module_paths(const Root& root, const std::string& release);

}  // namespace kmodsec
