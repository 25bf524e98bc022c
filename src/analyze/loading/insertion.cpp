// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/insertion.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "analyze/loading/install_command.hpp"
#include "base/shown_text.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

std::string place(const ConfigLine& line) { return fmt::format("{}:{}", line.source, line.line); }

Reason voided_install(const ProbeStep& step) {
  const std::string_view kind =
      step.softdep->pre.empty() ? "post-dependencies" : "pre-dependencies";
  return {deciding(*step.softdep),
          fmt::format("install line of {} is not reached: {} gives {} {}, which take precedence",
                      place(*step.install), place(*step.softdep), step.module, kind)};
}

class Follower {
 public:
  Follower(const LoadModel& model, const KernelRefuses& refuses,
           const std::set<std::string>& loaded)
      : model_(model), refuses_(refuses), loaded_(loaded) {}

  Insertion follow(const std::vector<ProbeStep>& steps) {
    const ProbeStep* failed = nullptr;
    for (const ProbeStep& step : steps) {
      if (failed != nullptr) {
        give_up(step, *failed);
      } else if (!is_there(step.module) && !take(step) && step.required) {
        failed = &step;
      }
    }
    return std::move(result_);
  }

 private:
  bool is_there(const std::string& module) const {
    return result_.may_bring(module) || loaded_.contains(module);
  }

  /// Whether modprobe sees it succeed.
  bool take(const ProbeStep& step) {
    switch (step.action) {
      case ProbeStep::Action::builtin: return true;
      case ProbeStep::Action::missing:
        return fail(step, {{}, "no module of this name is installed"});
      case ProbeStep::Action::run: return run(step);
      case ProbeStep::Action::insert: return insert(step);
    }
    return false;
  }

  bool run(const ProbeStep& step) {
    const DecidingLine line = deciding(*step.install);
    const CommandOutcome outcome = model_.outcome_of(*step.install);
    switch (outcome.effect) {
      case CommandEffect::fails:
        return fail(step,
                    {line, outcome.why.empty() ? "the install command fails instead of loading it"
                                               : outcome.why});
      case CommandEffect::missing:
        return fail(step, {line, fmt::format("the install command fails: there is no {}",
                                             shortened(outcome.program))});
      case CommandEffect::pretends:
        fail(step, {line, "the install command succeeds without loading it"});
        return true;
      case CommandEffect::loads:
        result_.reasons[step.module] = {line, "the install command loads it by modprobe itself"};
        result_.insert(step.module);
        return true;
      case CommandEffect::unknown: break;
    }
    may_insert(step, {line, program_runs(outcome)});
    if (step.required) is_uncertain_ = true;
    return true;
  }

  static std::string program_runs(const CommandOutcome& outcome) {
    const std::string program =
        outcome.program.empty() ? "a command of the shell" : shortened(outcome.program);
    return fmt::format("{} runs, and whether that loads it is not known{}", program,
                       outcome.why.empty() ? "" : ": " + outcome.why);
  }

  void may_insert(const ProbeStep& step, Reason reason) {
    result_.possible.insert(step.module);
    result_.reasons.insert_or_assign(step.module, std::move(reason));
  }

  bool insert(const ProbeStep& step) {
    if (auto refused = refuses_(step.module)) return fail(step, std::move(*refused));
    if (const std::string* missing = missing_dependency(step.module)) {
      return fail(step, needing(*missing));
    }
    if (const std::string* possible = possible_dependency(step.module)) {
      may_insert(step, needing(*possible));
      return true;
    }
    if (is_uncertain_) {
      may_insert(step, {{}, "a program that is run before it may fail"});
      return true;
    }
    result_.insert(step.module);
    if (step.install != nullptr && step.softdep != nullptr)
      result_.reasons[step.module] = voided_install(step);
    return true;
  }

  const std::string* possible_dependency(std::string_view module) const {
    const IndexEntry* entry = model_.find(module);
    if (entry == nullptr) return nullptr;
    const auto possible = std::ranges::find_if(
        entry->depends, [&](const std::string& name) { return result_.possible.contains(name); });
    return possible == entry->depends.end() ? nullptr : &*possible;
  }

  const std::string* missing_dependency(std::string_view module) const {
    const IndexEntry* entry = model_.find(module);
    if (entry == nullptr) return nullptr;
    const auto missing = std::ranges::find_if(entry->depends, [&](const std::string& name) {
      return !is_there(name) && !model_.is_builtin(name);
    });
    return missing == entry->depends.end() ? nullptr : &*missing;
  }

  /// A long way from one to the next is shown from its end.
  Reason needing(const std::string& module) {
    constexpr std::size_t long_way = 500;
    Reason reason = result_.reasons[module];
    if (reason.note.size() < long_way)
      reason.note = fmt::format("it needs {}: {}", shortened(module), reason.note);
    return reason;
  }

  /// What stands behind a required step that failed is never tried.
  void give_up(const ProbeStep& step, const ProbeStep& failed) {
    if (is_there(step.module) || result_.reasons.contains(step.module)) return;
    result_.reasons.emplace(step.module, needing(failed.module));
  }

  bool fail(const ProbeStep& step, Reason reason) {
    result_.reasons.insert_or_assign(step.module, std::move(reason));
    return false;
  }

  const LoadModel& model_;
  const KernelRefuses& refuses_;
  const std::set<std::string>& loaded_;
  Insertion result_;
  bool is_uncertain_ = false;  ///< Whether modprobe comes so far is not known.
};

}  // namespace

DecidingLine deciding(const ConfigLine& line) {
  return {line.source, line.line, shortened(line.text)};
}

Insertion follow(const std::vector<ProbeStep>& steps, const LoadModel& model,
                 const KernelRefuses& refuses, const std::set<std::string>& loaded) {
  return Follower(model, refuses, loaded).follow(steps);
}

}  // namespace kmodsec
