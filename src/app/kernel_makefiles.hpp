// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

/// The Makefiles and the symbols of a kernel's source tree.
struct KernelMakefiles {
  std::string release;                            ///< "6.12.117".
  std::map<std::string, std::string> of_folders;  ///< Folder to the file that kbuild would read.
  std::map<std::string, std::set<std::string>> symbols;  ///< That a folder's Makefiles ask for.
  std::set<std::string> tristates;
  std::set<std::string> booleans;
};

Result<KernelMakefiles> read_kernel_makefiles(const std::string& tree);

/// What makes each symbol that this folder's neighbourhood asks for `m` or, where `with_booleans`,
/// `y`. Makefiles include those of the folders beside them.
std::string kbuild_configuration(const KernelMakefiles& makefiles, const std::string& neighbourhood,
                                 bool with_booleans);

}  // namespace kmodsec
