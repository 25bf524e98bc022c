// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// Tells of a release that has two folders of modules: which of them modprobe reads was decided
/// when kmod was built (kmod 32: configure.ac, --with-module-directory), /lib/modules before.
inline void note_second_folder(const ModuleTree& tree, std::vector<Unseen>& unseen) {
  if (!tree.second_folder.empty())
    unseen.push_back({tree.second_folder, "is another folder of this kernel: " + tree.folder +
                                              " was looked at, and kmod may be built to read the "
                                              "other one"});
}

}  // namespace kmodsec
