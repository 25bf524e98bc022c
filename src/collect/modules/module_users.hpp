// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What uses those of the loaded modules that were asked about beyond what their reference counts
/// tell: devices bound to their drivers, mounted file systems, network interfaces, sockets of their
/// protocols, algorithms taken into use. `files` are the modules' own, for their aliases. An error
/// when one of these could not be looked at: then no module may be called unused.
Seen<std::vector<ModuleUser>> collect_users(const Root& root,
                                            const std::vector<LoadedModule>& loaded,
                                            const std::vector<LoadedModule>& asked,
                                            const Seen<std::vector<ModuleFile>>& files);

}  // namespace kmodsec
