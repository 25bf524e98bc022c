// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/configured_load_paths.hpp"

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

const LoadPathVerdict no_such_load_path;

}  // namespace

ConfiguredLoadPaths::ConfiguredLoadPaths(const LoadConfig& config, const ModuleTree& tree)
    : configuration_(facts_of(config)), load_paths_(configuration_, tree) {}

const LoadPathVerdict& verdict_of(const ModuleLoadPaths& load_paths, LoadPath load_path) {
  const auto found =
      std::ranges::find(load_paths.load_paths, load_path, &LoadPathVerdict::load_path);
  return found == load_paths.load_paths.end() ? no_such_load_path : *found;
}

bool loads_by(const ModuleLoadPaths& load_paths, LoadPath load_path) {
  return verdict_of(load_paths, load_path).outcome == LoadPathOutcome::loads;
}

Verdict judge_loaded_load_paths(const Facts& facts, const Derived& derived,
                                const FindInLoadPaths& find) {
  if (!facts.load) return unknown(facts.load.error());
  if (!facts.loaded) return unknown(facts.loaded.error());
  std::vector<Unseen> unseen = unseen_configuration(facts);
  note_unseen_loaded(facts, unseen);
  if (facts.loaded->empty() || lines_that(*facts.load, is_deny).empty())
    return judge({}, std::move(unseen));
  note_unseen(facts.kernel.modprobe_helper, unseen);
  const auto trees = indexed_trees(facts, unseen);
  if (derived.running_tree == nullptr) return unknown(no_running_tree());
  if (std::ranges::find(trees, derived.running_tree) == trees.end())
    return judge({}, std::move(unseen));
  const ConfiguredLoadPaths load_paths(*facts.load, *derived.running_tree);
  std::vector<Finding> findings;
  for (const LoadedWithFile& module : derived.modules) {
    if (auto finding = find(module, load_paths)) findings.push_back(std::move(*finding));
  }
  sort_by_subject(findings);
  return judge(std::move(findings), std::move(unseen));
}

std::vector<Evidence> evidence_of_deny(const ModuleLoadPaths& load_paths) {
  std::vector<Evidence> evidence;
  for (const LoadPathVerdict& verdict : load_paths.load_paths) {
    if (!evidence.empty() || verdict.outcome != LoadPathOutcome::denied || !verdict.decided_by)
      continue;
    const DecidingLine& line = *verdict.decided_by;
    evidence.push_back({line.file, line.line, line.text});
  }
  evidence.push_back({"/proc/modules", {}, load_paths.name});
  return evidence;
}

std::string_view words_of(LoadPath load_path) {
  switch (load_path) {
    case LoadPath::name: return "by its name";
    case LoadPath::alias: return "by an alias";
    case LoadPath::dependency: return "as a dependency";
    case LoadPath::softdep: return "as a soft dependency";
    case LoadPath::boot: return "at boot";
    case LoadPath::initramfs: return "from the initramfs";
    case LoadPath::insmod: return "by insmod";
  }
  return {};
}

}  // namespace kmodsec
