// SPDX-License-Identifier: GPL-2.0-or-later
#include <optional>
#include <string>
#include <vector>

#include "analyze/loading/doors.hpp"
#include "analyze/loading/outside_peers.hpp"

namespace kmodsec {
namespace {

const std::vector<std::string> no_names;

void take_easier(const std::optional<ModuleReach>& other, ModuleReach& best) {
  if (other && other->reach < best.reach) best = *other;
}

}  // namespace

const ModuleReach& Doors::own_reach_once_in(const std::string& module) const {
  const auto known = reaches_once_in_.find(module);
  if (known != reaches_once_in_.end()) return known->second;
  return reaches_once_in_.emplace(module, find_own_reach_once_in(module)).first->second;
}

ModuleReach Doors::find_own_reach_once_in(const std::string& module) const {
  const IndexEntry* entry = model_.find(module);
  ModuleReach best = outside_peer_of(module, entry != nullptr ? entry->depends : no_names);
  take_easier(callers_.users_of_name(module), best);
  for (const std::string& alias : asked_.aliases_of(module))
    take_easier(callers_.users_of_alias(alias), best);
  if (const auto builtin = builtin_.find(module); builtin != builtin_.end()) {
    for (const std::string& alias : info_values(builtin->second->info, "alias"))
      take_easier(callers_.users_of_alias(alias), best);
  }
  return best;
}

ModuleReach Doors::reach_once_in(const std::string& module) const {
  ModuleReach best = own_reach_once_in(module);
  const auto found = dependants_.find(module);
  if (found == dependants_.end()) return best;
  for (const std::string_view parent : found->second) {
    if (!loaded_.contains(parent)) continue;
    const ModuleReach& by_parent = own_reach_once_in(std::string(parent));
    if (by_parent.reach >= best.reach) continue;
    best = {by_parent.reach, by_parent.trigger + ", by " + std::string(parent)};
  }
  return best;
}

}  // namespace kmodsec
