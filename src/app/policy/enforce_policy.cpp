// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/enforce_policy.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "analyze/host/own_denies.hpp"
#include "analyze/host/owned_paths.hpp"
#include "analyze/policy/everything_else.hpp"
#include "app/policy/edit_policy.hpp"
#include "app/policy/host_history.hpp"
#include "app/policy/policy_text.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/collect.hpp"
#include "collect/policy/policy.hpp"
#include "format/policy/policy_edit.hpp"
#include "report/policy/plan_report.hpp"
#include "system/host/clock.hpp"
#include "system/host/program.hpp"

namespace kmodsec {
namespace {

/// The lists of the policy that some module was denied for before.
std::set<std::string_view> profiles_in_force(const HostPlan& planned) {
  const std::set<std::string> denied = denied_now(planned.facts);
  std::set<std::string_view> profiles;
  for (const PolicyDeny& deny : planned.facts.policy->denies) {
    if (denied.contains(deny.module)) profiles.insert(deny.profile);
  }
  return profiles;
}

/// A deny that nobody has asked for yet: an exception that is over was denied before, and so were
/// others of a profile that an upgrade has made longer.
bool asks_for_new_denies(const HostPlan& planned) {
  const Policy& policy = *planned.facts.policy;
  const std::set<std::string_view> in_force = profiles_in_force(planned);
  const DenyChanges& changes = planned.plan.changes;
  std::set<std::string_view> news(changes.denied.begin(), changes.denied.end());
  news.insert(changes.closed_before.begin(), changes.closed_before.end());
  const auto was_opened = [&](const std::string& module) {
    return std::ranges::find(policy.exceptions, module, &PolicyException::module) !=
           policy.exceptions.end();
  };
  return std::ranges::any_of(policy.denies, [&](const PolicyDeny& deny) {
    const bool is_longer_profile = !deny.profile.empty() && in_force.contains(deny.profile);
    return news.contains(deny.module) && !is_longer_profile && !was_opened(deny.module);
  });
}

/// The units that end exceptions change with the end of one; new ones are for a new exception.
bool is_other(const FileEdit& edit) {
  const std::string_view name = file_name(edit.path);
  const bool is_unit =
      name == file_name(unblock_service_path) || name == file_name(unblock_timer_path);
  const bool is_old_unit = is_unit && edit.before.kind != FileKind::absent;
  return edit.path != deny_file_path && !is_old_unit;
}

/// A change that somebody made to the policy and did not apply is not the business of a hook.
Result<void> has_no_other_changes(const HostPlan& planned, const std::string& release) {
  if (std::ranges::none_of(planned.plan.edits, is_other) && !asks_for_new_denies(planned))
    return {};
  return failure(ErrorKind::usage, release,
                 "its modules are not denied, as the policy asks for other changes as well; "
                 "'kmodsec plan' shows them, and 'kmodsec apply' makes all of them");
}

/// What is built in is nothing that this run could have closed.
std::optional<Error> why_not_closed(const Plan& plan, const std::string& release) {
  const auto opens = [&](const OpenDeny& deny) {
    return deny.kernel == release && !deny.is_builtin;
  };
  const auto first = std::ranges::find_if(plan.open, opens);
  if (first == plan.open.end()) return std::nullopt;
  const auto count = std::ranges::count_if(plan.open, opens);
  return Error{
      ErrorKind::usage, release,
      fmt::format("{} that the policy denies can still be loaded there, the first is "
                  "{}: {}",
                  count_of(static_cast<std::size_t>(count), "module"), first->module, first->why)};
}

Result<void> is_installed(const Facts& facts, const std::string& release) {
  if (!facts.installed) return std::unexpected(facts.installed.error());
  if (std::ranges::find(*facts.installed, release) != facts.installed->end()) return {};
  return failure(ErrorKind::usage, release, "is not the release of an installed kernel");
}

Answer nothing_done(const ChangedHost& host, const Options& options, std::string_view why) {
  if (options.format == "json")
    return {print_applied_json({}, collect_identity_of_machine(*host.root, time_of_looking()))};
  return {fmt::format("{}: nothing was to be done.\n", why)};
}

}  // namespace

Result<EditPolicy> edit_to_enforce(const Options& options) {
  const auto policy = written_policy_of_host(options);
  if (!policy) return std::unexpected(policy.error());
  if (!policy->deny.everything_else)
    return failure(ErrorKind::usage, "--from",
                   "the policy observes nothing; 'kmodsec deny --everything-else' begins to");
  if (policy->keep.mode == KeepMode::enforce) return EditPolicy{};
  return EditPolicy([](const Editor& editor) {
    return edits_of_policy(
        editor, [](const std::string& text) { return set_text(text, "keep", "mode", "enforce"); });
  });
}

Result<Answer> apply_for_kernel(ChangeOptions options, const std::string& release,
                                const Style& style) {
  options.unattended = true;
  options.patience = std::chrono::minutes(5);
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  const auto policy = collect_policy(*host->root);
  if (!policy) return std::unexpected(policy.error());
  if (!denies_everything_else(*policy))
    return nothing_done(*host, options, "The policy does not deny everything else");
  const CheckPlan check = [&](const HostPlan& planned) -> Result<void> {
    if (auto there = is_installed(planned.facts, release); !there) return there;
    return has_no_other_changes(planned, release);
  };
  if (options.dry_run) return show_change(options, style, {}, {}, check);
  if (is_started_by_another_run() && undo_log_of(*host).is_open_elsewhere())
    return nothing_done(*host, options, "Another run of kmodsec has started this one");
  auto done = follow_policy(options, style, {}, check);
  if (!done) return std::unexpected(done.error());
  Answer answer = answer_of_change(options, style, *done);
  answer.error = why_not_closed(done->plan, release);
  return answer;
}

}  // namespace kmodsec
