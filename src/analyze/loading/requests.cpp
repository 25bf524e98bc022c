// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/requests.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

const std::vector<std::string> no_alias_names;

/// depmod(8) lists it in modules.devname, and the system makes the node while it starts.
bool names_a_static_node(const std::string& alias) { return alias.starts_with("devname:"); }

bool lead_to(const std::vector<Candidate>& found, const std::string& module) {
  return std::ranges::find(found, module, &Candidate::module) != found.end();
}

bool is_of_host(const ConfigLine& line) { return line.source.contains("/modprobe.d/"); }

/// A file of its own, or one of a folder.
bool is_read_from(const ConfigLine& line, std::string_view path) {
  if (line.source == path) return true;
  const std::size_t slash = line.source.rfind('/');
  return slash != std::string::npos && std::string_view(line.source).substr(0, slash) == path;
}

/// As modprobe --config has it: the kernel's command line counts as before (kmod:
/// libkmod/libkmod-config.c, kmod_config_new).
LoadConfig with_configuration(const LoadConfig& config, const std::vector<std::string>& paths) {
  LoadConfig other;
  other.loader = config.loader;
  other.programs = config.programs;
  for (const std::string& path : paths) {
    std::ranges::copy_if(config.other_lines, std::back_inserter(other.lines),
                         [&](const ConfigLine& line) { return is_read_from(line, path); });
  }
  std::ranges::copy_if(config.lines, std::back_inserter(other.lines),
                       [](const ConfigLine& line) { return !is_of_host(line); });
  return other;
}

bool has_options_of_kmod(const LoadRequest& request) {
  return request.past_install || !request.configuration.empty();
}

DecidingLine place_of(const LoadRequest& request) {
  return {request.source, request.line, request.name};
}

}  // namespace

bool is_alias_pattern(std::string_view alias) {
  return alias.find_first_of("*?[") != std::string_view::npos;
}

Requests::Requests(const ModuleTree& tree, const LoadModel& model, const Triggers& triggers)
    : model_(model), triggers_(triggers) {
  if (!aliases_in_use(tree)) return;
  for (const AliasEntry& alias : *aliases_in_use(tree))
    aliases_[alias.module].push_back(alias.pattern);
}

const std::vector<std::string>& Requests::aliases_of(const std::string& module) const {
  const auto aliases = aliases_.find(module);
  return aliases == aliases_.end() ? no_alias_names : aliases->second;
}

bool Requests::leads_by_name(const std::string& module) const {
  return lead_to(model_.look_up(module), module);
}

/// Of a pattern nobody knows which requests will come; only a line that takes all of them decides.
bool Requests::leads_by_alias(const std::string& alias, const std::string& module) const {
  if (model_.blacklist_line(module) != nullptr) return false;
  if (!is_alias_pattern(alias)) return lead_to(model_.look_up(alias), module);
  const std::vector<Candidate> redirected = model_.redirections(alias);
  return redirected.empty() || lead_to(redirected, module);
}

std::optional<Trigger> Requests::easiest(const std::string& module, bool kernel_asks) const {
  std::optional<Trigger> best;
  const auto improves = [&](const std::optional<Trigger>& trigger) {
    return trigger && (kernel_asks || !trigger->by_kernel) && (!best || is_easier(*trigger, *best));
  };
  if (const auto trigger = triggers_.of_name(module); improves(trigger) && leads_by_name(module))
    best = trigger;
  const std::vector<std::string>& aliases = aliases_of(module);
  const bool has_static_node = std::ranges::any_of(aliases, names_a_static_node);
  for (const std::string& alias : aliases) {
    const auto trigger = triggers_.of_alias(alias, module, has_static_node);
    if (improves(trigger) && leads_by_alias(alias, module)) best = trigger;
  }
  return best;
}

const std::string* Requests::device_alias(const std::string& module) const {
  const std::vector<std::string>& aliases = aliases_of(module);
  const auto found = std::ranges::find_if(aliases, [&](const std::string& alias) {
    const auto trigger = triggers_.autoload_of(alias);
    return trigger && !trigger->by_kernel && leads_by_alias(alias, module);
  });
  return found == aliases.end() ? nullptr : &*found;
}

BootRequests::BootRequests(const LoadConfig& config, const ModuleTree& tree, const LoadRules& rules,
                           const RequestedBy& requested)
    : config_(config), tree_(tree) {
  for (const LoadRequest& request : config.at_boot) add(request, rules, requested);
}

void BootRequests::add(const LoadRequest& request, const LoadRules& rules,
                       const RequestedBy& requested) {
  if (request.past_modprobe) return add_insmod(request, requested.refuses);
  if (rules.reader != LoaderKind::kmod && request.only_kmod)
    return refuse(request, requested.model);
  const LoadModel& model =
      request.configuration.empty() ? requested.model : model_with(request.configuration, rules);
  for (const Candidate& candidate : model.look_up(request.name))
    take({request, model, requested}, candidate);
}

/// It follows no dependency, and fails where one is missing: whether another request brought that
/// in before is not looked at.
void BootRequests::add_insmod(const LoadRequest& request, const KernelRefuses& refuses) {
  if (auto refusal = refuses(request.name)) {
    denials_.try_emplace(request.name, std::move(*refusal));
  } else {
    requests_.try_emplace(request.name, &request);
  }
}

/// Options that modprobe of busybox does not know end it; it reads no MODPROBE_OPTIONS (busybox:
/// modutils/modprobe.c).
void BootRequests::refuse(const LoadRequest& request, const LoadModel& model) {
  for (const Candidate& candidate : model.look_up(request.name))
    denials_.try_emplace(candidate.module,
                         Reason{place_of(request), "modprobe of busybox refuses such an option"});
}

/// systemd-modules-load applies the blacklist to names and aliases alike (systemd:
/// src/shared/module-util.c, module_load_and_warn); plain modprobe, in a unit or a script, does not
/// to names. What it is told to pass over is the install line of the very module, and its softdeps;
/// those of what that needs still count (kmod: libkmod-module.c, __kmod_module_get_probe_list).
void BootRequests::take(const Taken& taken, const Candidate& candidate) {
  const ConfigLine* line = taken.model.blacklist_line(candidate.module);
  const bool passes = candidate.alias.empty() && taken.request.past_blacklist;
  if (line != nullptr && !passes) {
    denials_.try_emplace(candidate.module,
                         Reason{deciding(*line), "blacklisted: not loaded at boot"});
  } else if (!has_options_of_kmod(taken.request)) {
    take(taken.request, candidate.module, taken.by.insertion_of(candidate.module));
  } else {
    const Candidate named{candidate.module, {}, candidate.builtin, nullptr};
    const InstallLines own =
        taken.request.past_install ? InstallLines::of_others : InstallLines::all;
    take(taken.request, candidate.module,
         follow(taken.model.steps(named, own), taken.model, taken.by.refuses));
  }
}

void BootRequests::take(const LoadRequest& request, const std::string& asked_for,
                        const Insertion& insertion) {
  for (const std::string& module : insertion.inserted) requests_.try_emplace(module, &request);
  for (const std::string& module : insertion.possible)
    programs_.try_emplace(module, insertion.reasons.at(module));
  const auto reason = insertion.reasons.find(asked_for);
  if (reason != insertion.reasons.end() && !insertion.may_bring(asked_for))
    denials_.try_emplace(asked_for, reason->second);
}

/// One model for each configuration that is named. Past a few, none of them denies anything.
const LoadModel& BootRequests::model_with(const std::vector<std::string>& paths,
                                          const LoadRules& rules) {
  constexpr std::size_t most_models = 8;
  const bool is_one_too_many =
      other_models_.size() >= most_models && !other_models_.contains(paths);
  const std::vector<std::string> named = is_one_too_many ? std::vector<std::string>{} : paths;
  std::unique_ptr<LoadModel>& model = other_models_[named];
  if (model == nullptr)
    model = std::make_unique<LoadModel>(with_configuration(config_, named), tree_, rules);
  return *model;
}

/// Which init a host has decides what is read: where none was seen, that is said.
std::string BootRequests::note_of(const LoadRequest& request) const {
  std::string note = "asked for at boot";
  if (!request.by.empty()) note += " by " + request.by;
  if (request.past_modprobe) note += ": insmod reads no configuration of modprobe";
  if (request.past_install) note += ": --ignore-install passes over its install line";
  if (!request.configuration.empty())
    note += (request.past_install ? ", " : ": ") +
            ("--config reads " + first_few(request.configuration, 2) + " instead of modprobe.d");
  if (config_.init.system == InitSystem::unknown && request.by.empty())
    note += ", if systemd is the init: " + config_.init.evidence;
  return note;
}

LoadPathVerdict BootRequests::judge(const std::string& module) const {
  if (const auto found = requests_.find(module); found != requests_.end())
    return {LoadPath::boot, LoadPathOutcome::loads, place_of(*found->second),
            note_of(*found->second)};
  if (const auto program = programs_.find(module); program != programs_.end())
    return {LoadPath::boot, LoadPathOutcome::runs, program->second.by, program->second.note};
  if (const auto denied = denials_.find(module); denied != denials_.end())
    return {LoadPath::boot, LoadPathOutcome::denied, denied->second.by, denied->second.note};
  return {LoadPath::boot, LoadPathOutcome::impossible, std::nullopt, "nothing asks for it at boot"};
}

}  // namespace kmodsec
