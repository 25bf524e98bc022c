// SPDX-License-Identifier: GPL-2.0-or-later
// deny, allow and unblock: an edit of policy.toml, and then what `apply` does.
#include <algorithm>
#include <ctime>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "analyze/holes_report.hpp"
#include "base/duration.hpp"
#include "base/module_name.hpp"
#include "base/text.hpp"
#include "cli/change_host.hpp"
#include "cli/cves.hpp"
#include "cli/module_change.hpp"
#include "cli/module_load.hpp"
#include "cli/plan_host.hpp"
#include "cli/policy_text.hpp"
#include "cli/verb.hpp"
#include "collect/policy.hpp"
#include "format/policy_edit.hpp"
#include "report/module_change_report.hpp"
#include "report/plan_report.hpp"
#include "system/system_log.hpp"

namespace kmodsec {
namespace {

std::vector<std::string> modules_of(const Options& options) {
  std::vector<std::string> modules;
  for (const std::string& name : options.names) modules.push_back(normalized_module_name(name));
  return modules;
}

std::optional<Error> nothing_named(const Options& options) {
  const bool is_named = !options.names.empty() || !options.profiles.empty();
  if (is_named && options.deny_notable)
    return Error{ErrorKind::usage, "--notable", "excludes modules by name and --profile"};
  if (is_named || options.deny_notable) return std::nullopt;
  return Error{ErrorKind::usage, options.verb, "name modules, or say --profile"};
}

/// The same with the modules that `cves` proposes to deny, where the options ask for these.
Result<Options> with_notable(const Options& options) {
  Options named = options;
  if (!options.deny_notable) return named;
  const auto facts = read_machine_for_holes(options);
  if (!facts) return std::unexpected(facts.error());
  named.names = answer_holes(*facts, {}).deniable;
  return named;
}

Result<std::string> deny_in(std::string text, const Options& options) {
  PolicyText policy(std::move(text));
  for (const std::string& profile : options.profiles)
    policy.change(add_to_list, "deny", "profiles", profile);
  for (const std::string& module : modules_of(options)) {
    policy.change(remove_from_list, "deny", "except", module);
    policy.change(remove_exceptions, module, 0);
    policy.change(add_to_list, "deny", "modules", module);
  }
  return policy.take();
}

/// What a profile denies stays denied unless the policy names it as an exception to the profile.
Result<std::string> allow_in(std::string text, const Options& options, const Policy& policy) {
  PolicyText edited(std::move(text));
  for (const std::string& profile : options.profiles)
    edited.change(remove_from_list, "deny", "profiles", profile);
  for (const std::string& module : modules_of(options)) {
    edited.change(remove_from_list, "deny", "modules", module);
    edited.change(remove_exceptions, module, 0);
    const auto deny = std::ranges::find(policy.denies, module, &PolicyDeny::module);
    const bool by_profile = deny != policy.denies.end() && !deny->profile.empty();
    if (by_profile) edited.change(add_to_list, "deny", "except", module);
  }
  return edited.take();
}

Result<Policy> policy_of_host(const Options& options) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  return collect_policy(*host->root);
}

/// When the exceptions that are asked for end.
Result<std::int64_t> end_from(const Options& options) {
  const auto length = parse_duration(options.duration);
  if (!length || *length == 0)
    return failure(ErrorKind::usage, "--for", "not a length of time, such as 30m, 2h or 3d");
  if (options.reason.empty())
    return failure(ErrorKind::usage, "--reason", "say why: the audit asks for it later");
  return std::time(nullptr) + *length;
}

Result<void> are_denied(const std::vector<std::string>& modules, const Policy& policy) {
  for (const std::string& module : modules) {
    if (std::ranges::find(policy.denies, module, &PolicyDeny::module) == policy.denies.end())
      return failure(ErrorKind::usage, module, "the policy does not deny it");
  }
  return {};
}

Result<std::string> unblock_in(std::string text, const Options& options, std::int64_t until) {
  PolicyText policy(std::move(text));
  for (const std::string& module : modules_of(options)) {
    policy.change(remove_exceptions, module, 0);
    policy.change(add_exception, PolicyException{module, until, options.reason});
  }
  return policy.take();
}

std::optional<Error> wrong_machine_to_load_on(const Options& options) {
  return options.load ? wrong_machine(options) : std::nullopt;
}

using Loads = std::vector<std::unique_ptr<ModuleLoad>>;

/// Loads what is unblocked, until one fails; the error is that of this one.
std::optional<Error> load_all(const Options& options, Loads& loads) {
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

std::string print(const HostPlan& done, const Loads& loads, const Options& options,
                  const Style& style) {
  if (options.format == "json") {
    std::vector<const LoadReport*> reports;
    for (const auto& load : loads) reports.push_back(&load->report);
    return print_applied_json(done.plan, done.facts.kernel, reports);
  }
  std::string text = print_applied_text(done.plan, style);
  for (const auto& load : loads)
    text += "\n" + (load->report.change ? print_change_text(*load->report.change, style)
                                        : print_preflight_text(load->report.preflight, style));
  return text;
}

}  // namespace

Result<Answer> run_deny(const Options& options, const Style& style) {
  if (const auto wrong = nothing_named(options)) return std::unexpected(*wrong);
  const auto named = with_notable(options);
  if (!named) return std::unexpected(named.error());
  return change_host(*named, style, [&](const Editor& editor) {
    return edits_of_policy(editor,
                           [&](std::string text) { return deny_in(std::move(text), *named); });
  });
}

Result<Answer> run_allow(const Options& options, const Style& style) {
  if (const auto wrong = nothing_named(options)) return std::unexpected(*wrong);
  const auto policy = policy_of_host(options);
  if (!policy) return std::unexpected(policy.error());
  if (auto denied = are_denied(modules_of(options), *policy); !denied)
    return std::unexpected(denied.error());
  return change_host(options, style, [&](const Editor& editor) {
    return edits_of_policy(
        editor, [&](std::string text) { return allow_in(std::move(text), options, *policy); });
  });
}

Result<Answer> run_unblock(const Options& options, const Style& style) {
  if (const auto wrong = wrong_machine_to_load_on(options)) return std::unexpected(*wrong);
  const auto until = end_from(options);
  if (!until) return std::unexpected(until.error());
  const auto policy = policy_of_host(options);
  if (!policy) return std::unexpected(policy.error());
  if (auto denied = are_denied(modules_of(options), *policy); !denied)
    return std::unexpected(denied.error());
  const auto opened = follow_policy(options, style, [&](const Editor& editor) {
    return edits_of_policy(
        editor, [&](std::string text) { return unblock_in(std::move(text), options, *until); });
  });
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
  return answer;
}

}  // namespace kmodsec
