// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/readiness.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "analyze/derive.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/load_paths.hpp"
#include "model/modules/index_in_use.hpp"
#include "model/names.hpp"

namespace kmodsec {
namespace {

bool is_frozen_at(const KernelState& kernel, FreezeLevel level) {
  const bool all = kernel.modules_disabled.value_or(false);
  const bool locked = kernel.lockdown.value_or(Lockdown::none) != Lockdown::none;
  switch (level) {
    case FreezeLevel::all: return all;
    case FreezeLevel::lockdown: return locked;
    case FreezeLevel::signatures: return locked || kernel.sig_enforce.value_or(false);
  }
  return false;
}

/// Finds out what a request still has to load.
class Missing {
 public:
  Missing(const Facts& facts, const ModuleTree& tree) : load_paths_(facts, tree) {
    for (const LoadedModule& module : *facts.loaded) loaded_.insert(module.name);
  }

  void add(const std::string& request, const std::string& why,
           std::vector<FreezeConcern>& concerns) const {
    for (const Candidate& candidate : load_paths_.model().look_up(request)) {
      const std::string& module = candidate.module;
      if (candidate.builtin || loaded_.contains(module)) continue;
      const bool known =
          std::ranges::find(concerns, module, &FreezeConcern::module) != concerns.end();
      if (!known && !load_paths_.of(module).denied) concerns.push_back({module, why});
    }
  }

  /// The same for a module that has to be there whatever the configuration says.
  void require(const std::string& module, const std::string& why,
               std::vector<FreezeConcern>& concerns) const {
    if (!loaded_.contains(module) && !load_paths_.model().is_builtin(module))
      concerns.push_back({module, why});
  }

 private:
  LoadPaths load_paths_;
  std::set<std::string> loaded_;
};

void add_missing(const Facts& facts, const Missing& missing, Readiness& readiness) {
  for (const std::string& module : facts.policy->freeze.require)
    missing.require(module, "freeze.require of the policy names it", readiness.missing);
  for (const std::string& module : facts.policy->load)
    missing.require(module, "load.modules of the policy names it", readiness.missing);
  for (const LoadRequest& request : facts.load->at_boot)
    missing.add(request.name, fmt::format("{}:{} loads it at boot", request.source, request.line),
                readiness.missing);
  for (const BootNeed& need : *facts.needs) missing.add(need.request, need.why, readiness.missing);
}

void add_kexec(const KernelState& kernel, Readiness& readiness) {
  const bool locked = kernel.lockdown.value_or(Lockdown::none) != Lockdown::none;
  if (kernel.kexec_load_disabled.value_or(false) || locked) return;
  readiness.afterwards.push_back(
      {{}, "root can still start another kernel by kexec: kernel.kexec_load_disabled is 0"});
}

/// What a kernel that asks for signatures would not load again.
void add_unsigned(const Derived& derived, Readiness& readiness) {
  for (const LoadedWithFile& module : derived.modules) {
    const SignatureStatus status = module.signature.status;
    if (module.file == nullptr || status == SignatureStatus::valid ||
        status == SignatureStatus::unknown)
      continue;
    readiness.afterwards.push_back(
        {module.loaded->name,
         fmt::format("once unloaded it does not load again: its signature is {}",
                     to_string(status))});
  }
}

std::vector<Unseen> gaps_in(const Facts& facts, const Derived& derived) {
  std::vector<Unseen> unseen;
  note_unseen_loaded(facts, unseen);
  note_unseen(facts.load, unseen);
  note_unseen(facts.policy, unseen);
  note_unseen_needs(facts, unseen);
  if (derived.running_tree == nullptr) {
    unseen.push_back({"/lib/modules", "no folder of the running kernel"});
    return unseen;
  }
  note_unseen(index_in_use(*derived.running_tree), unseen);
  note_unseen(aliases_in_use(*derived.running_tree), unseen);
  note_unseen(derived.running_tree->builtin, unseen);
  return unseen;
}

}  // namespace

Readiness judge_readiness(const Facts& facts, FreezeLevel level,
                          const std::vector<BootNeed>& later) {
  Readiness readiness{.level = level, .is_frozen = is_frozen_at(facts.kernel, level)};
  const Derived derived = derive(facts);
  if (level != FreezeLevel::all) {
    add_unsigned(derived, readiness);
    if (level == FreezeLevel::signatures) add_kexec(facts.kernel, readiness);
    return readiness;
  }
  readiness.unseen = gaps_in(facts, derived);
  if (!readiness.unseen.empty()) return readiness;
  const Missing missing(facts, *derived.running_tree);
  add_missing(facts, missing, readiness);
  for (const BootNeed& need : later) missing.add(need.request, need.why, readiness.afterwards);
  add_kexec(facts.kernel, readiness);
  return readiness;
}

}  // namespace kmodsec
