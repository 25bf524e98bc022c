// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "analyze/doors.hpp"
#include "analyze/outside_peers.hpp"

namespace kmodsec {
namespace {

const std::vector<std::string> no_names;

std::vector<std::string> aliases_of_builtin(const ModuleTree& tree, const std::string& module) {
  if (!tree.builtin) return {};
  const auto builtin = std::ranges::find(*tree.builtin, module, &BuiltinModule::name);
  return builtin == tree.builtin->end() ? std::vector<std::string>{}
                                        : info_values(builtin->info, "alias");
}

void take_easier(const std::optional<ModuleReach>& other, ModuleReach& best) {
  if (other && other->reach < best.reach) best = *other;
}

}  // namespace

ModuleReach Doors::own_reach_once_in(const std::string& module) const {
  const IndexEntry* entry = model_.find(module);
  ModuleReach best = outside_peer_of(module, entry != nullptr ? entry->depends : no_names);
  take_easier(callers_.users_of_name(module), best);
  for (const std::string& alias : asked_.aliases_of(module))
    take_easier(callers_.users_of_alias(alias), best);
  for (const std::string& alias : aliases_of_builtin(tree_, module))
    take_easier(callers_.users_of_alias(alias), best);
  return best;
}

ModuleReach Doors::reach_once_in(const std::string& module) const {
  ModuleReach best = own_reach_once_in(module);
  const auto found = dependants_.find(module);
  if (found == dependants_.end()) return best;
  for (const std::string_view parent : found->second) {
    if (!is_loaded(std::string(parent))) continue;
    ModuleReach by_parent = own_reach_once_in(std::string(parent));
    if (by_parent.reach >= best.reach) continue;
    best = {by_parent.reach, by_parent.trigger + ", by " + std::string(parent)};
  }
  return best;
}

}  // namespace kmodsec
