// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string>
#include <vector>

#include "analyze/autoload.hpp"
#include "analyze/doors.hpp"
#include "analyze/outside_peers.hpp"

namespace kmodsec {
namespace {

const std::vector<std::string> no_names;

std::vector<std::string> aliases_of_builtin(const ModuleTree& tree, const std::string& module) {
  std::vector<std::string> aliases;
  if (!tree.builtin) return aliases;
  const auto builtin = std::ranges::find(*tree.builtin, module, &BuiltinModule::name);
  if (builtin == tree.builtin->end()) return aliases;
  for (const InfoField& field : builtin->info) {
    if (field.key == "alias") aliases.push_back(field.value);
  }
  return aliases;
}

void take_easier(const std::optional<Trigger>& trigger, ModuleReach& best) {
  if (trigger && trigger->reach < best.reach) best = {trigger->reach, std::string(trigger->what)};
}

}  // namespace

ModuleReach Doors::reach_once_in(const std::string& module) const {
  const IndexEntry* entry = model_.find(module);
  ModuleReach best = outside_peer_of(module, entry != nullptr ? entry->depends : no_names);
  take_easier(trigger_of_name(module), best);
  for (const std::string& alias : asked_.aliases_of(module))
    take_easier(trigger_of_alias(alias), best);
  for (const std::string& alias : aliases_of_builtin(tree_, module))
    take_easier(trigger_of_alias(alias), best);
  return best;
}

}  // namespace kmodsec
