// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/load_paths.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "analyze/loading/autoload.hpp"
#include "analyze/loading/device_nodes.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

const LoadConfig no_configuration;

LoadPathVerdict impossible(LoadPath load_path, std::string note) {
  return {load_path, LoadPathOutcome::impossible, std::nullopt, std::move(note)};
}

Reason blacklisted(const ConfigLine& line) {
  return {deciding(line), "blacklisted: requests by alias pass it over"};
}

bool is_open(const LoadPathVerdict& verdict) {
  return verdict.load_path != LoadPath::insmod && verdict.outcome == LoadPathOutcome::loads;
}

}  // namespace

LoadPaths::LoadPaths(const Facts& facts, const ModuleTree& tree)
    : facts_(facts),
      tree_(tree),
      model_(facts.load ? *facts.load : no_configuration, tree),
      triggers_(facts, tree),
      asked_(tree, model_, triggers_),
      gates_(facts, tree) {
  refuses_ = [this](std::string_view module) { return gates_.refusal_of(module); };
  add_modules();
  add_parents();
  if (facts.load) add_boot_requests(*facts.load);
  if (!tree.initramfs_images) return;
  for (const InitramfsImage& image : *tree.initramfs_images)
    images_.push_back(std::make_unique<ImageLoadPath>(image, tree, refuses_));
}

void LoadPaths::add_modules() {
  if (tree_.builtin) {
    for (const BuiltinModule& module : *tree_.builtin) builtin_.try_emplace(module.name, &module);
  }
  if (!facts_.loaded || facts_.kernel.release != tree_.release) return;
  for (const LoadedModule& module : *facts_.loaded) loaded_.insert(module.name);
}

void LoadPaths::add_parents() {
  if (!index_in_use(tree_)) return;
  for (const IndexEntry& entry : *index_in_use(tree_)) {
    for (const std::string& needed : entry.depends) dependants_[needed].push_back(entry.name);
    const ConfigLine* softdep = model_.softdep_line(entry.name);
    if (softdep == nullptr) continue;
    for (const std::vector<std::string>* names : {&softdep->pre, &softdep->post}) {
      for (const std::string& name : *names) {
        for (const Candidate& candidate : model_.look_up(name))
          softdep_parents_[candidate.module].push_back(entry.name);
      }
    }
  }
}

/// systemd-modules-load applies the blacklist to names and aliases alike (systemd:
/// src/shared/module-util.c, module_load_and_warn).
void LoadPaths::add_boot_requests(const LoadConfig& config) {
  for (const LoadRequest& request : config.at_boot) {
    for (const Candidate& candidate : model_.look_up(request.name)) {
      if (const ConfigLine* line = model_.blacklist_line(candidate.module)) {
        boot_denials_.try_emplace(candidate.module,
                                  Reason{deciding(*line), "blacklisted: not loaded at boot"});
        continue;
      }
      const Insertion& insertion = insertion_of(candidate.module);
      for (const std::string& module : insertion.inserted)
        boot_requests_.try_emplace(module, &request);
      const auto reason = insertion.reasons.find(candidate.module);
      if (reason != insertion.reasons.end() && !insertion.brings(candidate.module))
        boot_denials_.try_emplace(candidate.module, reason->second);
    }
  }
}

const Insertion& LoadPaths::insertion_of(const std::string& module) const {
  const auto known = insertions_.find(module);
  if (known != insertions_.end()) return known->second;
  const Candidate candidate{module, {}, model_.is_builtin(module), nullptr};
  return insertions_.emplace(module, follow(model_.steps(candidate), model_, refuses_))
      .first->second;
}

Presence LoadPaths::presence_of(const std::string& module) const {
  if (model_.find(module) != nullptr) return Presence::loadable;
  return model_.is_builtin(module) ? Presence::builtin : Presence::absent;
}

LoadPathVerdict LoadPaths::verdict_of(LoadPath load_path, const std::string& module,
                                      const Insertion& insertion) const {
  LoadPathVerdict verdict{load_path, LoadPathOutcome::denied, std::nullopt, {}};
  if (insertion.brings(module)) verdict.outcome = LoadPathOutcome::loads;
  const auto reason = insertion.reasons.find(module);
  if (reason != insertion.reasons.end()) {
    verdict.decided_by = reason->second.by;
    verdict.note = reason->second.note;
  }
  return verdict;
}

LoadPathVerdict LoadPaths::by_name(const std::string& module) const {
  for (const Candidate& candidate : model_.look_up(module)) {
    if (candidate.module == module) return verdict_of(LoadPath::name, module, insertion_of(module));
    if (candidate.line != nullptr)
      return {LoadPath::name, LoadPathOutcome::denied, deciding(*candidate.line),
              "the name leads to " + candidate.module};
  }
  return impossible(LoadPath::name, "no request by this name leads to it");
}

LoadPathVerdict LoadPaths::of_alias(const std::string& module, const std::string& alias) const {
  const auto trigger = triggers_.autoload_of(alias);
  const bool kernel_asks = is_node_alias(alias) || (trigger && trigger->by_kernel);
  if (kernel_asks && gates_.no_requests())
    return {LoadPath::alias, LoadPathOutcome::denied, gates_.no_requests()->by,
            gates_.no_requests()->note};
  const ConfigLine* blacklist = model_.blacklist_line(module);
  const bool is_pattern = is_alias_pattern(alias);
  const std::vector<Candidate> found =
      is_pattern && blacklist == nullptr ? model_.redirections(alias) : model_.look_up(alias);
  if (const auto other = brought_by_other(module, found)) return *other;
  const auto candidate = std::ranges::find(found, module, &Candidate::module);
  const bool is_redirected = !found.empty() && found.front().line != nullptr;
  if (candidate == found.end() && (!is_pattern || is_redirected)) return led_elsewhere(found);
  const bool by_its_name = candidate != found.end() && candidate->alias.empty();
  if (blacklist != nullptr && !by_its_name) {
    const Reason reason = blacklisted(*blacklist);
    return {LoadPath::alias, LoadPathOutcome::denied, reason.by, reason.note};
  }
  return verdict_of(LoadPath::alias, module, insertion_of(module));
}

/// Several modules can answer to one request, and one of them need the other.
std::optional<LoadPathVerdict> LoadPaths::brought_by_other(
    const std::string& module, const std::vector<Candidate>& found) const {
  for (const Candidate& other : found) {
    if (other.module == module || other.builtin) continue;
    if (!other.alias.empty() && model_.blacklist_line(other.module) != nullptr) continue;
    const Insertion& insertion = insertion_of(other.module);
    if (!insertion.brings(module)) continue;
    LoadPathVerdict verdict = verdict_of(LoadPath::alias, module, insertion);
    verdict.note = verdict.note.empty() ? "with " + other.module : verdict.note;
    return verdict;
  }
  return std::nullopt;
}

LoadPathVerdict LoadPaths::led_elsewhere(const std::vector<Candidate>& found) const {
  if (found.empty()) return impossible(LoadPath::alias, "the alias leads nowhere");
  const Candidate& first = found.front();
  if (first.line != nullptr)
    return {LoadPath::alias, LoadPathOutcome::denied, deciding(*first.line),
            "the alias leads to " + first.module};
  if (const ConfigLine* line = model_.install_line(first.module))
    return {LoadPath::alias, LoadPathOutcome::denied, deciding(*line),
            "an install line answers for the alias itself"};
  return impossible(LoadPath::alias, "the alias leads elsewhere");
}

LoadPathVerdict LoadPaths::by_alias(const std::string& module) const {
  const std::vector<std::string>& aliases = asked_.aliases_of(module);
  if (aliases.empty()) return impossible(LoadPath::alias, "it has no alias");
  LoadPathVerdict best = impossible(LoadPath::alias, "no alias leads to it");
  for (const std::string& alias : aliases) {
    if (normalized_module_name(alias) == module) continue;  // that is the load path of its name
    LoadPathVerdict verdict = of_alias(module, alias);
    if (verdict.outcome == LoadPathOutcome::impossible) continue;
    verdict.note = verdict.note.empty() ? "by " + alias : "by " + alias + ": " + verdict.note;
    if (verdict.outcome == LoadPathOutcome::loads) return verdict;
    if (best.outcome == LoadPathOutcome::impossible) best = std::move(verdict);
  }
  return best;
}

LoadPathVerdict LoadPaths::by_parents(LoadPath load_path, const std::string& module) const {
  const Names* parents = nullptr;
  if (load_path == LoadPath::dependency) {
    const auto found = dependants_.find(module);
    if (found != dependants_.end()) parents = &found->second;
  } else {
    const auto found = softdep_parents_.find(module);
    if (found != softdep_parents_.end()) parents = &found->second;
  }
  if (parents == nullptr)
    return impossible(load_path, load_path == LoadPath::dependency ? "no module needs it"
                                                                   : "no softdep names it");
  LoadPathVerdict verdict = impossible(load_path, {});
  for (const std::string_view parent : *parents) {
    verdict = verdict_of(load_path, module, insertion_of(std::string(parent)));
    if (verdict.outcome != LoadPathOutcome::loads) continue;
    verdict.note = verdict.note.empty() ? fmt::format("with {}", parent)
                                        : fmt::format("with {}: {}", parent, verdict.note);
    return verdict;
  }
  return verdict;
}

LoadPathVerdict LoadPaths::at_boot(const std::string& module) const {
  if (const auto found = boot_requests_.find(module); found != boot_requests_.end()) {
    const LoadRequest& request = *found->second;
    return {LoadPath::boot, LoadPathOutcome::loads,
            DecidingLine{request.source, request.line, request.name}, "asked for at boot"};
  }
  if (const auto denied = boot_denials_.find(module); denied != boot_denials_.end())
    return {LoadPath::boot, LoadPathOutcome::denied, denied->second.by, denied->second.note};
  return impossible(LoadPath::boot, "nothing asks for it at boot");
}

/// The first image that lets it in; otherwise what the first one says that has it.
LoadPathVerdict LoadPaths::in_images(const std::string& module) const {
  LoadPathVerdict best = impossible(LoadPath::initramfs, "in no initramfs of this kernel");
  for (const auto& image : images_) {
    LoadPathVerdict verdict = image->judge(module);
    if (verdict.outcome == LoadPathOutcome::loads) return verdict;
    if (best.outcome == LoadPathOutcome::impossible) best = std::move(verdict);
  }
  return best;
}

LoadPathVerdict LoadPaths::by_insmod(const std::string& module) const {
  if (const auto refusal = gates_.refusal_of(module))
    return {LoadPath::insmod, LoadPathOutcome::denied, refusal->by, refusal->note};
  return {LoadPath::insmod, LoadPathOutcome::loads, std::nullopt,
          "root can: no configuration of modprobe is asked"};
}

/// By a request for a module that brings it along, or for itself. A module that is denied itself
/// still brings what it needs.
void LoadPaths::judge_position_by(const std::string& asked_for, const std::string& module,
                                  Trigger& best) const {
  const auto trigger = asked_.easiest(asked_for, !gates_.no_requests());
  if (!trigger || !is_easier(*trigger, best)) return;
  if (!insertion_of(asked_for).brings(module)) return;
  best = *trigger;
  if (asked_for != module) best.who.trigger += ", with " + asked_for;
}

void LoadPaths::judge_position_in_images(const std::string& module, Trigger& best) const {
  for (const auto& image : images_) {
    const auto asked_for = image->device_of(module);
    if (!asked_for || best.who.position <= AttackerPosition::physical) continue;
    best = {.who = {AttackerPosition::physical, "a device being there while the initramfs runs"}};
    if (*asked_for != module) best.who.trigger += ", with " + *asked_for;
  }
}

void LoadPaths::judge_position(ModuleLoadPaths& load_paths) const {
  Trigger best{.who = {AttackerPosition::none, ""}};
  if (std::ranges::any_of(load_paths.load_paths, is_open))
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
  ModuleLoadPaths load_paths{
      .name = module, .kernel = tree_.release, .presence = presence_of(module)};
  if (load_paths.presence != Presence::absent)
    load_paths.when_loaded = attacker_when_loaded(module);
  if (facts_.loaded && facts_.kernel.release == tree_.release)
    load_paths.loaded = loaded_.contains(module);
  if (load_paths.presence == Presence::builtin) {
    load_paths.load_paths.push_back(
        {LoadPath::boot, LoadPathOutcome::loads,
         DecidingLine{tree_.folder + "/modules.builtin", 1, module},
         "built into the kernel: no configuration of modprobe stops it"});
    load_paths.position = load_paths.when_loaded.position;
    load_paths.trigger = load_paths.when_loaded.trigger;
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
  load_paths.denied = std::ranges::none_of(load_paths.load_paths, is_open);
  return load_paths;
}

bool LoadPaths::loads_by_name(const std::string& module) const {
  return presence_of(module) == Presence::loadable &&
         by_name(module).outcome == LoadPathOutcome::loads;
}

RequestLoadPaths LoadPaths::answer(const std::string& request) const {
  RequestLoadPaths answer{.request = request, .kernel = tree_.release};
  const std::vector<Candidate> found = model_.look_up(request);
  if (found.empty()) answer.note = "no module answers to it";
  for (const Candidate& candidate : found) {
    RequestedModule module{.name = candidate.module};
    if (candidate.line != nullptr) answer.decided_by = deciding(*candidate.line);
    const ConfigLine* blacklist = model_.blacklist_line(candidate.module);
    if (candidate.builtin) {
      module.outcome = LoadPathOutcome::impossible;
      module.note = "built into the kernel already";
    } else if (!candidate.alias.empty() && blacklist != nullptr) {
      module.outcome = LoadPathOutcome::denied;
      module.decided_by = deciding(*blacklist);
      module.note = blacklisted(*blacklist).note;
    } else {
      const Insertion insertion = follow(model_.steps(candidate), model_, refuses_);
      const LoadPathVerdict verdict = verdict_of(LoadPath::alias, candidate.module, insertion);
      module.outcome = verdict.outcome;
      module.decided_by = verdict.decided_by;
      module.note = verdict.note;
      module.brings = insertion.inserted;
    }
    answer.modules.push_back(std::move(module));
  }
  return answer;
}

}  // namespace kmodsec
