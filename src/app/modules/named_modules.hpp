// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/options.hpp"
#include "collect/scope.hpp"
#include "model/facts.hpp"
#include "model/inventory.hpp"

namespace kmodsec {

struct ModuleOptions : Options {
  std::vector<std::string> names;  ///< Names, aliases or files of modules.
};

/// The facts of the modules that were named on the command line: by name, alias or file. `scope`
/// says what is wanted of each, and `read` reads it from the machine.
using ReadScope = std::function<Result<Facts>(const CollectScope&)>;
Result<Facts> read_named_modules(const ModuleOptions& options, CollectScope scope,
                                 const ReadScope& read);

/// The named modules in the order in which they were asked for; an alias stands for each module
/// that has it. An error of kind `usage` for the first that is nowhere.
Result<std::vector<ModuleDetails>> find_named_modules(const Facts& facts,
                                                      const ModuleOptions& options);

/// What hides whether a kernel without loadable modules has the named ones built in, where none was
/// found: it can load none of them. Nothing where that was seen, of another kernel, and of files.
std::optional<Unseen> hidden_in_kernel(const Facts& facts, const ModuleOptions& options);

}  // namespace kmodsec
