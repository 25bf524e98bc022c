// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/configured_doors.hpp"

#include <algorithm>
#include <utility>

#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"

namespace kmodsec {
namespace {

Facts facts_of(LoadConfig config) {
  config.kernel = {};
  Facts facts;
  facts.load = std::move(config);
  return facts;
}

const DoorVerdict no_such_door;

}  // namespace

ConfiguredDoors::ConfiguredDoors(const LoadConfig& config, const ModuleTree& tree)
    : configuration_(facts_of(config)), doors_(configuration_, tree) {}

const DoorVerdict& verdict_of(const ModuleDoors& doors, Door door) {
  const auto found = std::ranges::find(doors.doors, door, &DoorVerdict::door);
  return found == doors.doors.end() ? no_such_door : *found;
}

bool loads_by(const ModuleDoors& doors, Door door) {
  return verdict_of(doors, door).outcome == DoorOutcome::loads;
}

Verdict judge_loaded_doors(const Facts& facts, const Derived& derived, const FindInDoors& find) {
  if (!facts.load) return unknown(facts.load.error());
  if (!facts.loaded) return unknown(facts.loaded.error());
  std::vector<Unseen> unseen = unseen_configuration(facts);
  if (facts.loaded->empty() || lines_that(*facts.load, is_deny).empty())
    return judge({}, std::move(unseen));
  const auto trees = indexed_trees(facts, unseen);
  if (derived.running_tree == nullptr) return unknown(no_running_tree());
  if (std::ranges::find(trees, derived.running_tree) == trees.end())
    return judge({}, std::move(unseen));
  const ConfiguredDoors doors(*facts.load, *derived.running_tree);
  std::vector<Finding> findings;
  for (const LoadedWithFile& module : derived.modules) {
    if (auto finding = find(module, doors)) findings.push_back(std::move(*finding));
  }
  sort_by_subject(findings);
  return judge(std::move(findings), std::move(unseen));
}

std::vector<Evidence> evidence_of_deny(const ModuleDoors& doors) {
  std::vector<Evidence> evidence;
  for (const DoorVerdict& verdict : doors.doors) {
    if (!evidence.empty() || verdict.outcome != DoorOutcome::denied || !verdict.decided_by)
      continue;
    const DecidingLine& line = *verdict.decided_by;
    evidence.push_back({line.file, line.line, line.text});
  }
  evidence.push_back({"/proc/modules", {}, doors.name});
  return evidence;
}

std::string_view words_of(Door door) {
  switch (door) {
    case Door::name: return "by its name";
    case Door::alias: return "by an alias";
    case Door::dependency: return "as a dependency";
    case Door::softdep: return "as a soft dependency";
    case Door::boot: return "at boot";
    case Door::initramfs: return "from the initramfs";
    case Door::insmod: return "by insmod";
  }
  return {};
}

}  // namespace kmodsec
