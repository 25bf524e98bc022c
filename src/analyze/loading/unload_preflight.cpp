// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/unload_preflight.hpp"

#include <set>

#include "analyze/derive.hpp"
#include "analyze/loading/insertion.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/load_model.hpp"
#include "analyze/modules/module_lookup.hpp"
#include "analyze/modules/module_use.hpp"
#include "analyze/modules/unknown_answers.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

class UnloadJudge {
 public:
  explicit UnloadJudge(const Facts& facts)
      : facts_(facts),
        derived_(derive(facts)),
        model_(facts.load ? *facts.load : LoadConfig{}, ModuleTree{}) {}

  UnloadStep judge(const std::string& module) {
    UnloadStep step{.module = module};
    const auto details = find_module(facts_, derived_, module);
    if (details) step.loaded = details->loaded;
    if (step.loaded == nullptr) {
      step.reason = why_not_loaded(module, details && details->builtin != nullptr);
      return step;
    }
    step.use = without(details->use, gone_);
    judge_kernel(step);
    if (step.reason.empty()) judge_use(step);
    if (step.reason.empty()) judge_configuration(step);
    if (step.reason.empty()) gone_.insert(module);
    return step;
  }

 private:
  std::string why_not_loaded(const std::string& module, bool is_builtin) const {
    if (is_builtin) return "is built into the kernel";
    std::vector<std::string> names;
    for (const LoadedModule& loaded : facts_.loaded.value_or(std::vector<LoadedModule>{}))
      names.push_back(loaded.name);
    const auto hint = nearest(module, names);
    return "is not loaded" + (hint ? "; did you mean " + *hint + "?" : "");
  }

  void judge_kernel(UnloadStep& step) const {
    if (facts_.kernel.modules_disabled.value_or(false)) {
      step.decided_by = DecidingLine{"/proc/sys/kernel/modules_disabled", 1, "1"};
      step.reason = "loading and unloading are off until the next boot";
    } else if (!step.loaded->refcount) {
      step.reason = "this kernel was built without unloading";
    } else if (step.loaded->permanent) {
      step.reason = "cannot be unloaded: it has no exit function";
    }
  }

  static void judge_use(UnloadStep& step) {
    if (step.use.has_users()) step.reason = "is in use by " + words_of(step.use);
  }

  void judge_configuration(UnloadStep& step) const {
    const ConfigLine* line = model_.remove_line(step.module);
    if (line == nullptr) return;
    step.decided_by = deciding(*line);
    step.reason =
        "a remove command takes the place of unloading it, and kmodsec runs none: see what it "
        "does, then use modprobe -r";
  }

  const Facts& facts_;
  Derived derived_;
  LoadModel model_;
  std::set<std::string> gone_;
};

/// Without one of these something may use the module that is not named.
std::vector<Unseen> gaps_of_unload(const Facts& facts) {
  std::vector<Unseen> unseen = unseen_configuration(facts);
  const auto note = [&](const auto& fact) {
    if (!fact) unseen.push_back(unseen_because(fact.error()));
  };
  note(facts.load);
  note_unseen_loaded(facts, unseen);
  note(facts.kernel.modules_disabled);
  if (facts.loaded) note(facts.users);
  return unseen;
}

}  // namespace

UnloadPreflight preflight_unload(const Facts& facts, const std::vector<std::string>& modules) {
  UnloadPreflight preflight;
  if (lacks_module_support(facts)) {
    for (const std::string& module : modules)
      preflight.steps.push_back({.module = module, .reason = std::string(no_module_support)});
    return preflight;
  }
  preflight.unseen = gaps_of_unload(facts);
  UnloadJudge judge(facts);
  UnknownAnswers unknown;
  for (const std::string& module : modules) {
    preflight.steps.push_back(judge.judge(module));
    const UnloadStep& step = preflight.steps.back();
    if (step.reason.empty() && !step.use.unused && facts.users)
      unknown.add("use", module, step.use.why_unknown);
  }
  unknown.note(preflight.unseen);
  sort_unique(preflight.unseen);
  return preflight;
}

}  // namespace kmodsec
