// SPDX-License-Identifier: GPL-2.0-or-later
#include <utility>
#include <vector>

#include "app/policy/enforce_policy.hpp"
#include "app/policy/plan_host.hpp"
#include "cli/verb.hpp"
#include "report/policy/plan_report.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

void declare(OptionSet& set, ChangeOptions& options) {
  declare_whole_changes(set, options);
  declare_from(set, options);
  declare_deny_override(set, options);
}

Result<std::vector<FileEdit>> edits_to_begin_with(const ChangeOptions& options,
                                                  const ChangedHost& host) {
  if (options.from_mode.empty()) return std::vector<FileEdit>{};
  const auto edit = edit_to_enforce(options);
  if (!edit) return std::unexpected(edit.error());
  return *edit ? (*edit)(host.editor) : std::vector<FileEdit>{};
}

Result<Answer> run(const ChangeOptions& options, const Style& style) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  auto first = edits_to_begin_with(options, *host);
  if (!first) return std::unexpected(first.error());
  auto planned = plan_host(*host, options, time_of_looking(), std::move(*first));
  if (!planned) return std::unexpected(planned.error());
  note_idle_overrides(options, planned->plan);
  const Plan& plan = planned->plan;
  return Answer{options.format == "json" ? print_plan_json(plan, planned->facts)
                                         : print_plan_text(plan, style, options.verbose),
                outcome_of(plan.unseen, !plan.is_empty()), plan.unseen};
}

}  // namespace

std::unique_ptr<Command> plan_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
