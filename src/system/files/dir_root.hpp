// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>

#include "system/files/root.hpp"

namespace kmodsec {

/// The running system, rooted at "/". A path of the kernel's own file systems (proc, sysfs) that
/// another file system has been mounted over is an error: hardened units and containers hide
/// kernel files that way, and an empty stand-in must not be taken for an empty answer.
Result<std::unique_ptr<Root>> open_running_system();

/// A captured tree or mounted image. Errors: no such folder, or a kernel without `openat2`
/// (Linux before 5.6), without which links could lead out of the tree.
Result<std::unique_ptr<Root>> open_tree(const std::string& folder);

}  // namespace kmodsec
