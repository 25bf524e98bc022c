// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/load_preflight.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "analyze/derive.hpp"
#include "analyze/loading/insertion.hpp"
#include "analyze/loading/install_command.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/kernel_gates.hpp"
#include "analyze/loading/load_model.hpp"
#include "analyze/modules/module_files.hpp"
#include "analyze/modules/module_lookup.hpp"
#include "analyze/modules/module_parameters.hpp"
#include "analyze/modules/parameter_values.hpp"
#include "analyze/signatures/trust.hpp"
#include "base/text.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"
#include "model/modules/unpacking.hpp"

namespace kmodsec {
namespace {

const LoadConfig no_load_config;

const LoadConfig& configuration_of(const Facts& facts) {
  return facts.load ? *facts.load : no_load_config;
}

bool needs_a_program(CommandEffect effect) {
  return effect == CommandEffect::unknown || effect == CommandEffect::loads;
}

std::set<std::string> loaded_modules(const Facts& facts) {
  std::set<std::string> names;
  if (!facts.loaded) return names;
  for (const LoadedModule& module : *facts.loaded) names.insert(module.name);
  return names;
}

/// Each module once: a device can match several aliases of one.
std::vector<Candidate> candidates_of(const LoadModel& model, std::string_view request) {
  std::vector<Candidate> found;
  for (Candidate& candidate : model.look_up(request)) {
    if (std::ranges::find(found, candidate.module, &Candidate::module) == found.end())
      found.push_back(std::move(candidate));
  }
  return found;
}

std::string names_of(const std::vector<Candidate>& candidates) {
  std::vector<std::string> names;
  for (const Candidate& candidate : candidates) names.push_back(candidate.module);
  return join(names, ", ");
}

class LoadJudge {
 public:
  LoadJudge(const Facts& facts, const ModuleTree& tree)
      : facts_(facts),
        tree_(tree),
        files_(&tree),
        model_(configuration_of(facts), tree),
        gates_(facts, tree),
        loaded_(loaded_modules(facts)) {}

  void judge(const std::string& parameters, LoadPreflight& preflight) {
    const std::vector<Candidate> found = candidates_of(model_, preflight.request);
    if (found.empty()) return judge_unknown_name(parameters, preflight);
    if (found.size() > 1)
      return refuse(preflight,
                    fmt::format("stands for several modules: name one of {}", names_of(found)));
    const Candidate& candidate = found.front();
    preflight.module = candidate.module;
    if (candidate.line != nullptr) preflight.decided_by = deciding(*candidate.line);
    if (candidate.builtin) return nothing_to_do(LoadOutcome::builtin, parameters, preflight);
    if (loaded_.contains(candidate.module))
      return nothing_to_do(LoadOutcome::loaded, parameters, preflight);
    if (const ConfigLine* line = model_.blacklist_line(candidate.module);
        line != nullptr && !candidate.alias.empty()) {
      preflight.decided_by = deciding(*line);
      return refuse(preflight, "blacklisted: requests by alias pass it over");
    }
    judge_steps(candidate, parameters, preflight);
  }

 private:
  static void refuse(LoadPreflight& preflight, std::string reason) {
    preflight.outcome = LoadOutcome::refused;
    preflight.reason = std::move(reason);
  }

  /// A module can be loaded from a file that is in no index, or no longer.
  void judge_unknown_name(const std::string& parameters, LoadPreflight& preflight) const {
    const std::string name = normalized_module_name(preflight.request);
    if (loaded_.contains(name)) {
      preflight.module = name;
      return nothing_to_do(LoadOutcome::loaded, parameters, preflight);
    }
    const auto hint = nearest(name, known_modules(facts_));
    preflight.outcome = LoadOutcome::absent;
    preflight.reason = "no index of this kernel has such a module";
    if (hint) preflight.reason += "; did you mean " + *hint + "?";
    if (preflight.request.find('/') != std::string::npos)
      preflight.reason = "is a file: name a module that is installed, or use insmod";
  }

  static void nothing_to_do(LoadOutcome outcome, const std::string& parameters,
                            LoadPreflight& preflight) {
    preflight.outcome = outcome;
    if (parameters.empty()) return;
    refuse(preflight, outcome == LoadOutcome::loaded
                          ? "is loaded already, and parameters count at that moment only: unload "
                            "it first"
                          : "is built into the kernel: its parameters are given on the kernel's "
                            "command line");
  }

  void judge_steps(const Candidate& candidate, const std::string& parameters,
                   LoadPreflight& preflight) {
    const std::vector<ProbeStep> steps = model_.steps(candidate);
    if (const ProbeStep* step = command_step(steps)) {
      preflight.decided_by = deciding(*step->install);
      return refuse(preflight, fmt::format("an install command takes the place of {}, and kmodsec "
                                           "runs none: see what it does, then use modprobe",
                                           step->module));
    }
    const KernelRefuses refuses = [this](std::string_view module) {
      return gates_.refusal_of(module);
    };
    const Insertion insertion = follow(steps, model_, refuses, loaded_);
    if (const auto reason = insertion.reasons.find(candidate.module);
        reason != insertion.reasons.end()) {
      if (reason->second.by) preflight.decided_by = reason->second.by;
      preflight.reason = reason->second.note;
    }
    preflight.outcome = LoadOutcome::loads;
    if (!insertion.brings(candidate.module)) return refuse(preflight, preflight.reason);
    preflight.enforcement = signature_enforcement(facts_.kernel);
    for (const std::string& module : insertion.inserted)
      add_step(module == candidate.module ? candidate : Candidate{.module = module}, steps,
               parameters, preflight);
    judge_parameters(preflight);
    judge_files(preflight);
  }

  /// The index still names it, and libkmod would find nothing there.
  void judge_files(LoadPreflight& preflight) const {
    for (const LoadStep& step : preflight.steps) {
      const ModuleFileState state = files_.state_of_loadable(step.module, step.file);
      if (state.status == FilePresence::unknown) preflight.unseen.push_back({step.path, state.why});
      if (state.status != FilePresence::gone) continue;
      const bool is_itself = step.module == preflight.module;
      return refuse(preflight,
                    (is_itself ? "" : "it needs " + step.module + ": ") + words_of(state));
    }
  }

  /// One that is no plain deny: what it does is its own affair.
  const ProbeStep* command_step(const std::vector<ProbeStep>& steps) const {
    const auto step = std::ranges::find_if(steps, [&](const ProbeStep& one) {
      return one.action == ProbeStep::Action::run && !loaded_.contains(one.module) &&
             needs_a_program(model_.outcome_of(*one.install).effect);
    });
    return step == steps.end() ? nullptr : &*step;
  }

  void add_step(const Candidate& candidate, const std::vector<ProbeStep>& steps,
                const std::string& given, LoadPreflight& preflight) const {
    const std::string& module = candidate.module;
    const ProbeStep& step = *std::ranges::find(steps, module, &ProbeStep::module);
    const bool is_asked_for = module == preflight.module;
    const std::string configured = model_.options_of({.module = step.module, .alias = step.alias});
    const std::string separator = configured.empty() || given.empty() ? "" : " ";
    LoadStep& added = preflight.steps.emplace_back(
        LoadStep{.module = module,
                 .path = path_of(tree_, step.path),
                 .file = files_.named(module),
                 .options = is_asked_for ? configured + separator + given : configured,
                 .required = step.required,
                 .signature = {}});
    if (added.file != nullptr) {
      added.path = added.file->path;
      added.signature = signature_of(Trust(facts_, &tree_), added.file, state_of_file(*added.file));
      const std::string note = unpacking_note(*added.file, facts_.kernel.module_compression);
      if (!note.empty()) preflight.unseen.push_back({added.path, note});
    }
    if (preflight.enforcement && added.signature.status == SignatureStatus::unknown)
      preflight.unseen.push_back({"signature of " + module, added.signature.reason});
    add_parameters(candidate, added.file, is_asked_for ? given : "", preflight);
  }

  void add_parameters(const Candidate& candidate, const ModuleFile* file, const std::string& given,
                      LoadPreflight& preflight) const {
    const auto add = [&](std::string_view options, const std::optional<DecidingLine>& line) {
      for (const ParameterWord& word : parameter_words(options))
        preflight.parameters.push_back(checked(candidate.module, file, word, line));
    };
    for (const ConfigLine* line : model_.option_lines(candidate))
      add(line->argument, deciding(*line));
    add(given, std::nullopt);
  }

  static CheckedParameter checked(const std::string& module, const ModuleFile* file,
                                  const ParameterWord& word,
                                  const std::optional<DecidingLine>& line) {
    CheckedParameter parameter{module, word.text, line, std::nullopt, {}, {}};
    const bool is_read = file != nullptr && file->content && file->left_out != LeftOut::details;
    if (!is_read) return parameter;
    ParameterVerdict verdict = judge_parameter(file->content->info, word);
    parameter.known = verdict.known;
    parameter.nearest = std::move(verdict.nearest);
    parameter.fault = std::move(verdict.fault);
    return parameter;
  }

  static void judge_parameters(LoadPreflight& preflight) {
    for (const CheckedParameter& parameter : preflight.parameters) {
      if (!parameter.known)
        preflight.unseen.push_back(
            {"parameters of " + parameter.module, "its file could not be read"});
      if (parameter.fault.empty()) continue;
      preflight.decided_by = parameter.line;
      const bool is_of_other = parameter.module != preflight.module;
      return refuse(preflight, (is_of_other ? "it needs " + parameter.module + ", which " : "it ") +
                                   parameter.fault);
    }
  }

  const Facts& facts_;
  const ModuleTree& tree_;
  ModuleFiles files_;
  LoadModel model_;
  KernelGates gates_;
  std::set<std::string> loaded_;
};

/// Without one of these a module may load that seems not to, or the reverse.
std::vector<Unseen> gaps_of_load(const Facts& facts) {
  std::vector<Unseen> unseen = unseen_configuration(facts);
  indexed_trees(facts, unseen);
  note_unseen(facts.load, unseen);
  note_unseen_loaded(facts, unseen);
  note_unseen(facts.kernel.modules_disabled, unseen);
  note_unseen(facts.kernel.sig_enforce, unseen);
  note_unseen(facts.kernel.lockdown, unseen);
  return unseen;
}

}  // namespace

std::vector<std::string> modules_to_insert(const Facts& facts, std::string_view request) {
  std::vector<std::string> names;
  const ModuleTree* tree = running_tree(facts);
  if (tree == nullptr) return names;
  const LoadModel model(configuration_of(facts), *tree);
  for (const Candidate& candidate : candidates_of(model, request)) {
    for (const ProbeStep& step : model.steps(candidate)) names.push_back(step.module);
  }
  return names;
}

LoadPreflight preflight_load(const Facts& facts, const std::string& request,
                             const std::string& parameters) {
  LoadPreflight preflight{.request = request};
  if (lacks_module_support(facts)) {
    preflight.reason = no_module_support;
    return preflight;
  }
  preflight.unseen = gaps_of_load(facts);
  const ModuleTree* tree = running_tree(facts);
  if (tree == nullptr) {
    preflight.reason = "no folder of modules is installed for this kernel";
  } else {
    LoadJudge(facts, *tree).judge(parameters, preflight);
  }
  sort_unique(preflight.unseen);
  return preflight;
}

}  // namespace kmodsec
