// SPDX-License-Identifier: GPL-2.0-or-later
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "app/policy/change_host.hpp"
#include "app/policy/edit_policy.hpp"
#include "app/policy/module_change.hpp"
#include "app/policy/module_load.hpp"
#include "app/policy/policy_text.hpp"
#include "base/duration.hpp"
#include "base/text.hpp"
#include "cli/verb.hpp"
#include "format/policy/policy_edit.hpp"
#include "report/policy/module_change_report.hpp"
#include "report/policy/plan_report.hpp"
#include "system/host/clock.hpp"
#include "system/host/system_log.hpp"

namespace kmodsec {
namespace {

struct UnblockOptions : PolicyEditOptions {
  std::string duration;  ///< How long, such as "2h".
  bool load = false;     ///< Load it right away.
  std::string reason;
};

void declare(OptionSet& set, UnblockOptions& options) {
  set.required_arguments("MODULE", options.names, "Names, aliases or files of modules");
  declare_yes(set, options);
  declare_dry_run(set, options);
  declare_whole_changes(set, options);
  declare_deny_override(set, options);
  set.required_text("--for", options.duration, "How long: 30m, 2h, 3d", "DURATION");
  set.flag("--load", options.load, "Load it right away");
  set.required_text("--reason", options.reason, "Why, for the log and the audit", "TEXT");
}

/// When the exceptions that are asked for end.
Result<std::int64_t> end_from(const UnblockOptions& options) {
  const auto length = parse_duration(options.duration);
  if (!length || *length == 0)
    return failure(ErrorKind::usage, "--for", "not a length of time, such as 30m, 2h or 3d");
  if (options.reason.empty())
    return failure(ErrorKind::usage, "--reason", "is missing: say why, an audit asks for it later");
  return (options.dry_run ? time_of_looking() : time_of_change()) + *length;
}

Result<std::string> unblock_in(std::string text, const UnblockOptions& options,
                               std::int64_t until) {
  PolicyText policy(std::move(text));
  for (const std::string& module : modules_of(options)) {
    policy.change(remove_exceptions, module, 0);
    policy.change(add_exception, PolicyException{module, until, options.reason});
  }
  return policy.take();
}

std::optional<Error> wrong_machine_to_load_on(const UnblockOptions& options) {
  return options.load ? wrong_machine(options) : std::nullopt;
}

/// Before anything is changed: an exception to our own deny does not lift those of others.
Result<void> would_load(const UnblockOptions& options) {
  if (!options.load) return {};
  for (const std::string& module : modules_of(options)) {
    if (auto loads = would_load_without_ours(options, module); !loads) return loads;
  }
  return {};
}

using Loads = std::vector<std::unique_ptr<ModuleLoad>>;

/// Loads what is unblocked, until one fails; the error is that of this one.
std::optional<Error> load_all(const UnblockOptions& options, Loads& loads) {
  const auto system = RunningSystem::meant_by(options.root, options.snapshot);
  if (!system) return system.error();
  for (const std::string& module : modules_of(options)) {
    auto load = preflight_load_of(options, module, {});
    if (!load) return load.error();
    LoadReport& report = (*load)->report;
    loads.push_back(std::move(*load));
    if (report.preflight.is_refused())
      return refusal(module, report.preflight.reason, report.preflight.decided_by);
    if (report.preflight.outcome != LoadOutcome::loads) continue;
    if (auto done = perform_load(*system, report, {}); !done) return done.error();
    if (report.change->error) return report.change->error;
  }
  return std::nullopt;
}

std::string print(const HostPlan& done, const Loads& loads, const UnblockOptions& options,
                  const Style& style) {
  if (options.format == "json") {
    std::vector<const LoadReport*> reports;
    for (const auto& load : loads) reports.push_back(&load->report);
    return print_applied_json(done.plan, done.facts, reports);
  }
  std::string text = print_applied_text(done.plan, style);
  for (const auto& load : loads)
    text += "\n" + (load->report.change ? print_change_text(*load->report.change, style)
                                        : print_preflight_text(load->report.preflight, style));
  return text;
}

Result<Answer> run(const UnblockOptions& asked, const Style& style) {
  if (const auto wrong = wrong_machine_to_load_on(asked)) return std::unexpected(*wrong);
  const auto until = end_from(asked);
  if (!until) return std::unexpected(until.error());
  const auto policy = policy_of_host(asked);
  if (!policy) return std::unexpected(policy.error());
  auto modules = denied_modules(asked, *policy);
  if (!modules) return std::unexpected(modules.error());
  UnblockOptions options = asked;
  options.names = std::move(*modules);
  if (auto loads = would_load(options); !loads) return std::unexpected(loads.error());
  const EditPolicy except = [&](const Editor& editor) {
    return edits_of_policy(
        editor, [&](std::string text) { return unblock_in(std::move(text), options, *until); });
  };
  if (options.dry_run) return show_change(options, style, except);
  const auto opened = follow_policy(options, style, except);
  if (!opened) return std::unexpected(opened.error());
  if (options.root.empty())
    write_system_log(notice_priority,
                     fmt::format("unblocked {} for {}: {}", join(modules_of(options), ", "),
                                 options.duration, options.reason));
  Loads loads;
  Answer answer;
  if (options.load) answer.error = load_all(options, loads);
  answer.text = print(*opened, loads, options, style);
  answer.unseen = opened->plan.unseen;
  answer.outcome = outcome_of(answer.unseen);
  return answer;
}

}  // namespace

std::unique_ptr<Command> unblock_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
