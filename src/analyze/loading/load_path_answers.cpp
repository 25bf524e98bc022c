// SPDX-License-Identifier: GPL-2.0-or-later
// What the load paths of a module, or of a request, come to.
#include <algorithm>
#include <string_view>
#include <utility>

#include "analyze/loading/load_paths.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

bool is_open(const LoadPathVerdict& verdict) {
  return verdict.load_path != LoadPath::insmod && verdict.outcome == LoadPathOutcome::loads;
}

bool may_be_open(const LoadPathVerdict& verdict) {
  return verdict.load_path != LoadPath::insmod && verdict.outcome <= LoadPathOutcome::runs;
}

/// Sets what follows from the load paths.
void conclude(ModuleLoadPaths& module) {
  const bool is_placed = module.presence != Presence::unknown;
  module.denied = is_placed && std::ranges::none_of(module.load_paths, may_be_open);
  module.unknown = !module.denied && std::ranges::none_of(module.load_paths, is_open);
}

/// The easier of two answers, load path for load path.
void take_easier(ModuleLoadPaths& module, ModuleLoadPaths other) {
  for (LoadPathVerdict& verdict : module.load_paths) {
    const auto found =
        std::ranges::find(other.load_paths, verdict.load_path, &LoadPathVerdict::load_path);
    if (found != other.load_paths.end() && found->outcome < verdict.outcome)
      verdict = std::move(*found);
  }
  if (other.position < module.position) {
    module.position = other.position;
    module.trigger = std::move(other.trigger);
  }
  if (other.presence < module.presence) module.presence = other.presence;
  if (module.load_paths.empty()) module.load_paths = std::move(other.load_paths);
  conclude(module);
}

void take_easier(RequestLoadPaths& answer, RequestLoadPaths other) {
  for (RequestedModule& theirs : other.modules) {
    const auto found = std::ranges::find(answer.modules, theirs.name, &RequestedModule::name);
    if (found == answer.modules.end())
      answer.modules.push_back(std::move(theirs));
    else if (theirs.outcome < found->outcome)
      *found = std::move(theirs);
  }
  if (!answer.modules.empty()) answer.note.clear();
}

std::string_view why_no_module(const ModuleTree& tree) {
  const bool is_seen = index_in_use(tree) && aliases_in_use(tree) && tree.builtin;
  return is_seen ? "no module answers to it" : "no module that was seen answers to it";
}

}  // namespace

/// By a request for a module that brings it along, or for itself. A module that is denied itself
/// still brings what it needs.
void LoadPaths::judge_position_by(const std::string& asked_for, const std::string& module,
                                  Trigger& best) const {
  const auto trigger = asked_.easiest(asked_for, !gates_.no_requests());
  if (!trigger || !is_easier(*trigger, best)) return;
  if (!insertion_of(asked_for).may_bring(module)) return;
  best = *trigger;
  if (asked_for != module) best.who.trigger += ", with " + asked_for;
}

void LoadPaths::judge_position_in_images(const std::string& module, Trigger& best) const {
  for (const auto& image : images_) {
    const auto asked_for = image->device_of(module);
    if (!asked_for || best.who.position <= AttackerPosition::physical) continue;
    best = {
        .who = {AttackerPosition::physical, "a device that is present while the initramfs runs"}};
    if (*asked_for != module) best.who.trigger += ", with " + *asked_for;
  }
}

void LoadPaths::judge_position(ModuleLoadPaths& load_paths) const {
  Trigger best{.who = {AttackerPosition::none, ""}};
  if (std::ranges::any_of(load_paths.load_paths, may_be_open))
    best.who = {AttackerPosition::root, "modprobe(8)"};
  judge_position_in_images(load_paths.name, best);
  judge_position_by(load_paths.name, load_paths.name, best);
  if (const auto found = dependants_.find(load_paths.name); found != dependants_.end()) {
    for (const std::string_view parent : found->second)
      judge_position_by(std::string(parent), load_paths.name, best);
  }
  if (const auto found = softdep_parents_.find(load_paths.name); found != softdep_parents_.end()) {
    for (const std::string_view parent : found->second)
      judge_position_by(std::string(parent), load_paths.name, best);
  }
  load_paths.position = best.who.position;
  load_paths.trigger = best.who.trigger;
}

ModuleLoadPaths LoadPaths::of(const std::string& module) const {
  ModuleLoadPaths load_paths = by_own_rules(module);
  for (const auto& other : by_other_rules_) take_easier(load_paths, other->of(module));
  return load_paths;
}

ModuleLoadPaths LoadPaths::by_own_rules(const std::string& module) const {
  ModuleLoadPaths load_paths{
      .name = module, .kernel = tree_.release, .presence = presence_of(module)};
  if (knows_loaded()) load_paths.loaded = loaded_.contains(module);
  if (load_paths.presence != Presence::absent || load_paths.loaded.value_or(false))
    load_paths.when_loaded = attacker_when_loaded(module);
  if (load_paths.presence == Presence::builtin) {
    load_paths.load_paths.push_back(
        {LoadPath::boot, LoadPathOutcome::loads,
         DecidingLine{tree_.folder + "/modules.builtin", 1, module},
         "built into the kernel: no configuration of modprobe stops it"});
    load_paths.position = load_paths.when_loaded.position;
    load_paths.trigger = load_paths.when_loaded.trigger;
  }
  if (load_paths.presence == Presence::unknown) {
    load_paths.position = AttackerPosition::unknown;
    load_paths.trigger = why_unknown(load_paths.presence);
  }
  if (load_paths.presence == Presence::loadable) {
    load_paths.load_paths = {by_name(module),
                             by_alias(module),
                             by_parents(LoadPath::dependency, module),
                             by_parents(LoadPath::softdep, module),
                             at_boot(module),
                             in_images(module),
                             by_insmod(module)};
    if (!tree_.initramfs_images) load_paths.load_paths.erase(load_paths.load_paths.end() - 2);
    judge_position(load_paths);
  }
  conclude(load_paths);
  return load_paths;
}

std::optional<Attacker> LoadPaths::asker_of(const std::string& module) const {
  std::optional<Attacker> asker;
  if (presence_of(module) == Presence::loadable) {
    const auto trigger = asked_.easiest(module, !gates_.no_requests());
    if (trigger && insertion_of(module).may_bring(module)) asker = trigger->who;
  }
  for (const auto& other : by_other_rules_) {
    auto theirs = other->asker_of(module);
    if (theirs && (!asker || theirs->position < asker->position)) asker = std::move(theirs);
  }
  return asker;
}

bool LoadPaths::loads_by_name(const std::string& module) const {
  const bool loads = presence_of(module) == Presence::loadable &&
                     by_name(module).outcome == LoadPathOutcome::loads;
  return loads || std::ranges::any_of(by_other_rules_, [&](const auto& other) {
           return other->loads_by_name(module);
         });
}

RequestLoadPaths LoadPaths::answer(const std::string& request) const {
  RequestLoadPaths answer = answer_by_own_rules(request);
  for (const auto& other : by_other_rules_) take_easier(answer, other->answer(request));
  return answer;
}

RequestLoadPaths LoadPaths::answer_by_own_rules(const std::string& request) const {
  RequestLoadPaths answer{.request = request, .kernel = tree_.release};
  const std::vector<Candidate> found = model_.look_up(request);
  if (found.empty()) answer.note = why_no_module(tree_);
  for (const Candidate& candidate : found) {
    if (candidate.line != nullptr) answer.decided_by = deciding(*candidate.line);
    answer.modules.push_back(answer_of(request, candidate));
  }
  return answer;
}

RequestedModule LoadPaths::answer_of(const std::string& request, const Candidate& candidate) const {
  RequestedModule module{.name = candidate.module};
  const auto decide = [&](LoadPathOutcome outcome, const Reason& reason) {
    module.outcome = outcome;
    module.decided_by = reason.by;
    module.note = reason.note;
  };
  const ConfigLine* blacklist = model_.blacklist_line(candidate.module);
  const bool kernel_asks = is_asked_by_kernel(request);
  if (candidate.builtin) {
    module.built_in = true;
    decide(LoadPathOutcome::impossible, {{}, "built into the kernel already"});
  } else if (kernel_asks && gates_.no_requests()) {
    decide(LoadPathOutcome::denied, *gates_.no_requests());
  } else if (kernel_asks && gates_.unknown_program()) {
    decide(LoadPathOutcome::runs, *gates_.unknown_program());
  } else if (!candidate.alias.empty() && blacklist != nullptr) {
    decide(LoadPathOutcome::denied,
           {deciding(*blacklist), "blacklisted: requests by alias pass it over"});
  } else {
    const Insertion insertion = follow(model_.steps(candidate), model_, refuses_);
    const LoadPathVerdict verdict = verdict_of(LoadPath::alias, candidate.module, insertion);
    decide(verdict.outcome, {verdict.decided_by, verdict.note});
    module.brings = insertion.inserted;
  }
  LoadPathVerdict before = in_images(candidate.module);
  if (before.outcome != LoadPathOutcome::impossible) module.in_initramfs = std::move(before);
  return module;
}

}  // namespace kmodsec
