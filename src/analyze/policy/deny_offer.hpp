// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/loading/load_paths.hpp"
#include "model/modules/module_use.hpp"

namespace kmodsec {

/// Whether the command that denies a module is shown with it: the deny closes what others than root
/// can have loaded, and takes nothing from what is known to use it now.
inline bool is_deny_offered(const ModuleLoadPaths& module, const ModuleUse& use) {
  return load_state_of(module) == LoadState::open && module.position < AttackerPosition::root &&
         !use.has_users();
}

}  // namespace kmodsec
