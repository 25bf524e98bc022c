// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/modules/named_modules.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

#include "analyze/modules/module_lookup.hpp"
#include "app/machine.hpp"
#include "app/module_names.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

void add_names(const ModuleOptions& options, CollectScope& scope) {
  for (const std::string& asked : options.names) {
    if (is_path_of_module(asked)) {
      scope.paths.push_back(path_of_module(asked, options));
    } else {
      scope.names.push_back(is_module_file(asked) ? module_name_of_path(asked)
                                                  : normalized_module_name(asked));
    }
  }
}

/// A damaged file is shown as what it is; one that is not there or may not be read is an error.
Result<ModuleDetails> details_of_file(const Facts& facts, const std::string& path) {
  const auto details = find_module_file(facts, path);
  if (!details) return failure(ErrorKind::usage, path, "no such module file");
  const Seen<ModuleContent>& content = details->file->content;
  if (!content && content.error().kind != ErrorKind::malformed)
    return failure(ErrorKind::usage, path, content.error().reason);
  return *details;
}

/// A name stands for itself, or for each module that answers to it as an alias. A file's bare name
/// is that of its module.
std::vector<std::string> details_named(const Facts& facts, const std::string& asked) {
  const std::string name =
      is_module_file(asked) ? module_name_of_path(asked) : normalized_module_name(asked);
  if (find_module(facts, name)) return {name};
  return modules_named(facts, asked);
}

}  // namespace

Result<std::vector<ModuleDetails>> find_named_modules(const Facts& facts,
                                                      const ModuleOptions& options) {
  std::vector<ModuleDetails> modules;
  for (const std::string& asked : options.names) {
    if (is_path_of_module(asked)) {
      const auto details = details_of_file(facts, path_of_module(asked, options));
      if (!details) return std::unexpected(details.error());
      modules.push_back(*details);
      continue;
    }
    const std::size_t before = modules.size();
    for (const std::string& name : details_named(facts, asked)) {
      if (auto details = find_module(facts, name)) modules.push_back(std::move(*details));
    }
    if (modules.size() == before) return std::unexpected(no_such_module(facts, asked));
  }
  return modules;
}

/// Small questions stay fast: the indexes of the tree are read only for a name that no file bears.
Result<Facts> read_named_modules(const ModuleOptions& options, CollectScope scope) {
  scope.files = FileScope::named;
  add_names(options, scope);
  auto facts = read_machine(options, scope);
  const auto is_found = [&](const std::string& name) {
    return find_module(*facts, name).has_value();
  };
  if (!facts || std::ranges::all_of(scope.names, is_found)) return facts;

  scope.parts |= {Part::indexes, Part::load_config};
  facts = read_machine(options, scope);
  if (!facts) return facts;
  for (const std::string& asked : options.names)
    std::ranges::copy(modules_named(*facts, asked), std::back_inserter(scope.names));
  return read_machine(options, scope);
}

}  // namespace kmodsec
