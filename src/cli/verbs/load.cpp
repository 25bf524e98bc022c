// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "analyze/modules/module_parameters.hpp"
#include "app/policy/change_host.hpp"
#include "app/policy/module_change.hpp"
#include "app/policy/module_load.hpp"
#include "app/policy/policy_text.hpp"
#include "base/text.hpp"
#include "cli/verb.hpp"
#include "format/policy/policy_edit.hpp"
#include "report/policy/module_change_report.hpp"
#include "report/policy/plan_report.hpp"

namespace kmodsec {
namespace {

struct ModuleLoadOptions : ChangeOptions {
  std::vector<std::string> names;  ///< A module, then its parameters.
  bool persist = false;            ///< Load it at every boot.
};

void declare(OptionSet& set, ModuleLoadOptions& options) {
  set.required_arguments("MODULE", options.names, "A module, then its parameters: numdummies=2");
  declare_yes(set, options);
  declare_dry_run(set, options);
  declare_whole_changes(set, options);
  declare_deny_override(set, options);
  set.flag("--persist", options.persist, "Write it into the policy: it is loaded at every boot");
}

Result<std::string> load_in(std::string text, const std::string& module,
                            const std::string& parameters) {
  PolicyText policy(std::move(text));
  policy.change(add_to_list, "load", "modules", module);
  if (!parameters.empty()) policy.change(set_text, "options", module, parameters);
  return policy.take();
}

/// Makes the policy load the module at every boot, with these parameters.
Result<void> persist(const ModuleLoadOptions& options, const Style& style,
                     const std::string& parameters, LoadReport& report) {
  const std::string& module = report.preflight.module;
  const EditPolicy edit = [&](const Editor& editor) {
    return edits_of_policy(
        editor, [&](std::string text) { return load_in(std::move(text), module, parameters); });
  };
  auto plan = options.dry_run ? plan_after(options, edit) : follow_policy(options, style, edit);
  if (!plan) return std::unexpected(plan.error());
  report.persisted = std::move(plan->plan);
  return {};
}

std::string print(const LoadReport& report, const ModuleLoadOptions& options, const Style& style) {
  if (options.format == "json") return print_load_json(report);
  std::string text = report.change ? print_change_text(*report.change, style)
                                   : print_preflight_text(report.preflight, style);
  if (!report.persisted) return text;
  return text + "\n" +
         (options.dry_run ? print_plan_text(*report.persisted, style, options.verbose)
                          : print_applied_text(*report.persisted, style));
}

/// Whether there is something to load, and who is asked agrees.
Result<bool> is_to_be_loaded(const LoadPreflight& preflight, const ModuleLoadOptions& options,
                             const Style& style) {
  if (preflight.is_refused())
    return std::unexpected(refusal(preflight.request, preflight.reason, preflight.decided_by));
  if (preflight.outcome != LoadOutcome::loads) return false;
  const auto confirmed =
      confirm_change(options, print_preflight_text(preflight, Style(false, style.width())),
                     fmt::format("Load {}?", printable(join(modules_of(preflight), ", "))));
  if (!confirmed) return std::unexpected(confirmed.error());
  return true;
}

Result<void> perform_on(const ModuleLoadOptions& options, LoadReport& report,
                        const std::string& parameters) {
  const auto system = RunningSystem::meant_by(options.root, options.snapshot);
  if (!system) return std::unexpected(system.error());
  return perform_load(*system, report, parameters);
}

bool can_persist(const LoadReport& report) {
  const LoadOutcome outcome = report.preflight.outcome;
  const bool failed = report.change && report.change->error;
  return !failed && (outcome == LoadOutcome::loads || outcome == LoadOutcome::loaded);
}

/// What is loaded shows that it could be; what the policy denies beside it may not be seen.
Answer answer_to(const LoadReport& report, const ModuleLoadOptions& options, const Style& style) {
  Answer answer{print(report, options, style)};
  if (options.dry_run) answer.unseen = report.preflight.unseen;
  if (report.persisted)
    std::ranges::copy(report.persisted->unseen, std::back_inserter(answer.unseen));
  answer.outcome = outcome_of(answer.unseen, options.dry_run && report.preflight.is_refused());
  if (report.change) answer.error = report.change->error;
  return answer;
}

Result<Answer> run(const ModuleLoadOptions& options, const Style& style) {
  if (const auto wrong = wrong_machine(options)) return std::unexpected(*wrong);
  const std::string& request = options.names.front();
  const std::string parameters =
      joined_parameters({options.names.begin() + 1, options.names.end()});
  auto load = preflight_load_of(options, request, parameters);
  if (!load) return std::unexpected(load.error());
  LoadReport& report = (*load)->report;
  if (!options.dry_run) {
    const auto wanted = is_to_be_loaded(report.preflight, options, style);
    if (!wanted) return std::unexpected(wanted.error());
    if (*wanted) {
      if (auto done = perform_on(options, report, parameters); !done)
        return std::unexpected(done.error());
    }
  }
  if (options.persist && can_persist(report)) {
    if (auto done = persist(options, style, parameters, report); !done)
      return std::unexpected(done.error());
  }
  return answer_to(report, options, style);
}

}  // namespace

std::unique_ptr<Command> load_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
