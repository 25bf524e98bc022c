// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The device nodes of the running system that an alias of `trees` names the major number of.
/// Unsupported of a captured tree; denied where this process is shown another /dev.
Seen<std::vector<DeviceNode>> collect_device_nodes(const Root& root,
                                                   const std::vector<ModuleTree>& trees);

}  // namespace kmodsec
