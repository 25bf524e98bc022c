// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "cli/options.hpp"
#include "collect/scope.hpp"
#include "model/facts.hpp"
#include "model/inventory.hpp"

namespace kmodsec {

/// The facts of the modules that were named on the command line: by name, alias or file. `scope`
/// says what is wanted of each.
Result<Facts> read_named_modules(const Options& options, CollectScope scope);

/// The named modules in the order in which they were asked for; an alias stands for each module
/// that has it. An error of kind `usage` for the first that is nowhere.
Result<std::vector<ModuleDetails>> find_named_modules(const Facts& facts, const Options& options);

}  // namespace kmodsec
