// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/enforce_policy.hpp"

#include <algorithm>

#include "analyze/host/owned_paths.hpp"
#include "app/policy/policy_text.hpp"
#include "collect/collect.hpp"
#include "collect/policy/policy.hpp"
#include "format/policy/policy_edit.hpp"
#include "report/policy/plan_report.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

bool names(const Policy& policy, const std::string& module) {
  return std::ranges::find(policy.denies, module, &PolicyDeny::module) != policy.denies.end();
}

/// A change that somebody made to the policy and did not apply is not the business of a hook.
bool has_other_changes(const HostPlan& planned) {
  const auto is_other = [](const FileEdit& edit) { return edit.path != deny_file_path; };
  return std::ranges::any_of(planned.plan.edits, is_other) ||
         std::ranges::any_of(planned.plan.changes.denied, [&](const std::string& module) {
           return names(*planned.facts.policy, module);
         });
}

Result<void> is_installed(const Facts& facts, const std::string& release) {
  if (!facts.installed) return std::unexpected(facts.installed.error());
  if (std::ranges::find(*facts.installed, release) != facts.installed->end()) return {};
  return failure(ErrorKind::usage, release, "is not the release of an installed kernel");
}

Answer nothing_done(const ChangedHost& host, const Options& options) {
  if (options.format == "json")
    return {print_applied_json({}, collect_identity_of_machine(*host.root, time_of_looking()))};
  return {"The policy does not deny everything else: nothing was to be done.\n"};
}

}  // namespace

Result<EditPolicy> edit_to_enforce(const Options& options) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  const auto policy = collect_policy(*host->root);
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
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  const auto policy = collect_policy(*host->root);
  if (!policy) return std::unexpected(policy.error());
  if (!denies_everything_else(*policy)) return nothing_done(*host, options);
  const auto planned = plan_after(options, {});
  if (!planned) return std::unexpected(planned.error());
  if (auto there = is_installed(planned->facts, release); !there)
    return std::unexpected(there.error());
  if (has_other_changes(*planned))
    return failure(ErrorKind::usage, release,
                   "its modules are not denied, as the policy asks for other changes as well; "
                   "'kmodsec plan' shows them, and 'kmodsec apply' makes all of them");
  return change_host(options, style);
}

}  // namespace kmodsec
