// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/names_of_no_kernel.hpp"

#include <set>
#include <string_view>
#include <unordered_set>

#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {

std::vector<std::string> names_of_no_kernel(const Facts& facts,
                                            std::span<const std::string> names) {
  if (!facts.installed || facts.trees.empty()) return {};
  std::unordered_set<std::string_view> known;
  for (const ModuleTree& tree : facts.trees) {
    if (!index_in_use(tree) || !tree.builtin) return {};
    for (const IndexEntry& entry : *index_in_use(tree)) known.insert(entry.name);
    for (const BuiltinModule& builtin : *tree.builtin) known.insert(builtin.name);
  }
  std::set<std::string> unknown;
  for (const std::string& name : names) {
    std::string module = normalized_module_name(name);
    if (!known.contains(module)) unknown.insert(std::move(module));
  }
  return {unknown.begin(), unknown.end()};
}

}  // namespace kmodsec
