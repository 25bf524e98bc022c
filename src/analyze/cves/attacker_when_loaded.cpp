// SPDX-License-Identifier: GPL-2.0-or-later
#include <optional>
#include <string>
#include <vector>

#include "analyze/loading/load_paths.hpp"
#include "analyze/loading/outside_peers.hpp"

namespace kmodsec {
namespace {

const std::vector<std::string> no_names;

void take_easier(const std::optional<Attacker>& other, Attacker& best) {
  if (other && other->position < best.position) best = *other;
}

}  // namespace

const Attacker& LoadPaths::own_attacker_when_loaded(const std::string& module) const {
  const auto known = attackers_when_loaded_.find(module);
  if (known != attackers_when_loaded_.end()) return known->second;
  return attackers_when_loaded_.emplace(module, find_own_attacker_when_loaded(module))
      .first->second;
}

Attacker LoadPaths::find_own_attacker_when_loaded(const std::string& module) const {
  const IndexEntry* entry = model_.find(module);
  Attacker best = outside_peer_of(module, entry != nullptr ? entry->depends : no_names);
  take_easier(triggers_.users_of_name(module), best);
  for (const std::string& alias : asked_.aliases_of(module))
    take_easier(triggers_.users_of_alias(alias), best);
  if (const auto builtin = builtin_.find(module); builtin != builtin_.end()) {
    for (const std::string& alias : info_values(builtin->second->info, "alias"))
      take_easier(triggers_.users_of_alias(alias), best);
  }
  return best;
}

Attacker LoadPaths::attacker_when_loaded(const std::string& module) const {
  Attacker best = own_attacker_when_loaded(module);
  const auto found = dependants_.find(module);
  if (found == dependants_.end()) return best;
  for (const std::string_view parent : found->second) {
    if (!loaded_.contains(parent)) continue;
    const Attacker& by_parent = own_attacker_when_loaded(std::string(parent));
    if (by_parent.position >= best.position) continue;
    best = {by_parent.position, by_parent.trigger + ", by " + std::string(parent)};
  }
  return best;
}

}  // namespace kmodsec
