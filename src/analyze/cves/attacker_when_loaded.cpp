// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/loading/load_paths.hpp"
#include "analyze/loading/outside_peers.hpp"
#include "model/modules/index_in_use.hpp"

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

/// Where a module is in no index, or what tells the aliases of built-in ones was not seen, somebody
/// may reach it through an alias that nobody knows.
std::string_view LoadPaths::why_aliases_unknown(const std::string& module) const {
  if (model_.find(module) != nullptr)
    return aliases_in_use(tree_) ? "" : "the aliases of this kernel's modules were not seen";
  if (builtin_.contains(module))
    return tree_.unseen_builtin.empty()
               ? ""
               : "the aliases of what is built into this kernel were not seen";
  return "no index of this kernel names it, which would have its aliases";
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
  const std::string_view why_unknown = why_aliases_unknown(module);
  if (best.position >= AttackerPosition::root && !why_unknown.empty())
    return {AttackerPosition::unknown, std::string(why_unknown)};
  return best;
}

Attacker LoadPaths::attacker_when_loaded(const std::string& module) const {
  Attacker best = own_attacker_when_loaded(module);
  const auto found = dependants_.find(module);
  if (found == dependants_.end()) return best;
  for (const std::string_view parent : found->second) {
    if (!loaded_.contains(parent)) continue;
    const Attacker& by_parent = own_attacker_when_loaded(std::string(parent));
    if (by_parent.position >= std::min(best.position, AttackerPosition::root)) continue;
    best = {by_parent.position, by_parent.trigger + ", by " + std::string(parent)};
  }
  return best;
}

}  // namespace kmodsec
