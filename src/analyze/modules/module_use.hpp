// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/modules/module_use.hpp"

namespace kmodsec {

/// Who uses a loaded module. `users` are those that are known of it. It is unused only when nothing
/// that is known holds it and everything that could was looked at: its file is among that, as what
/// is in use bears one of its aliases and not the module's name.
ModuleUse use_of_loaded(const Facts& facts, const LoadedModule& module, const ModuleFile* file,
                        std::vector<ModuleUser> users);

/// Of a module that is in no list of loaded ones: nothing uses it where that list is whole and is
/// that of the kernel of `tree`.
ModuleUse use_of_other(const Facts& facts, const ModuleTree& tree);

/// The same once these modules are gone.
ModuleUse without(ModuleUse use, const std::set<std::string>& modules);

}  // namespace kmodsec
