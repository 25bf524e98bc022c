// SPDX-License-Identifier: GPL-2.0-or-later
//
// Which module an object of the kernel's source becomes a part of, by the variables of kbuild.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "model/kbuild.hpp"

namespace kmodsec {

/// A source file without its ending.
struct KernelObject {
  std::set<std::string> modules;  ///< Normalised names.
  bool built_in = false;
};

/// Object, such as "fs/xfs/xfs_inode", to what becomes of it.
using KernelObjects = std::map<std::string, KernelObject, std::less<>>;

void add_kbuild_folder(std::string_view folder, const KbuildVariables& variables,
                       KernelObjects& objects);

/// A hole is in the modules of every source that is looked at.
void merge_objects(const KernelObjects& others, KernelObjects& objects);

}  // namespace kmodsec
