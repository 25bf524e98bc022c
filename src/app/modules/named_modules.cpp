// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/modules/named_modules.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "analyze/derive.hpp"
#include "analyze/modules/module_lookup.hpp"
#include "app/module_names.hpp"
#include "model/check.hpp"
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
std::vector<ModuleDetails> details_named(const Facts& facts, const Derived& derived,
                                         const std::string& asked) {
  const std::string name =
      is_module_file(asked) ? module_name_of_path(asked) : normalized_module_name(asked);
  if (auto itself = find_module(facts, derived, name)) return {std::move(*itself)};
  std::vector<ModuleDetails> found;
  for (const std::string& module : modules_named(facts, asked)) {
    if (auto details = find_module(facts, derived, module)) found.push_back(std::move(*details));
  }
  return found;
}

}  // namespace

Result<std::vector<ModuleDetails>> find_named_modules(const Facts& facts,
                                                      const ModuleOptions& options) {
  std::vector<ModuleDetails> modules;
  const Derived derived = derive(facts);
  for (const std::string& asked : options.names) {
    if (is_path_of_module(asked)) {
      const auto details = details_of_file(facts, path_of_module(asked, options));
      if (!details) return std::unexpected(details.error());
      modules.push_back(*details);
      continue;
    }
    std::vector<ModuleDetails> found = details_named(facts, derived, asked);
    if (found.empty()) return std::unexpected(no_such_module(facts, asked));
    std::ranges::move(found, std::back_inserter(modules));
  }
  return modules;
}

std::optional<Unseen> hidden_in_kernel(const Facts& facts, const ModuleOptions& options) {
  if (std::ranges::any_of(options.names, is_path_of_module)) return std::nullopt;
  for (const ModuleTree& tree : facts.trees) {
    if (lacks_module_support(facts, tree) && !tree.builtin)
      return unseen_because(tree.builtin.error());
  }
  return std::nullopt;
}

/// Small questions stay fast: the indexes of the tree are read only for a name that no file bears.
Result<Facts> read_named_modules(const ModuleOptions& options, CollectScope scope,
                                 const ReadScope& read) {
  scope.files = FileScope::named;
  add_names(options, scope);
  auto facts = read(scope);
  if (!facts) return facts;
  const Derived derived = derive(*facts);
  const auto is_found = [&](const std::string& name) {
    return find_module(*facts, derived, name).has_value();
  };
  if (std::ranges::all_of(scope.names, is_found)) return facts;

  scope.parts |= {Part::indexes, Part::load_config};
  facts = read(scope);
  if (!facts) return facts;
  for (const std::string& asked : options.names)
    std::ranges::copy(modules_named(*facts, asked), std::back_inserter(scope.names));
  return read(scope);
}

}  // namespace kmodsec
