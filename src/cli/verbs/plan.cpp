// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/plan_host.hpp"
#include "cli/verb.hpp"
#include "report/policy/plan_report.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

void declare(OptionSet& set, ChangeOptions& options) {
  declare_whole_changes(set, options);
  declare_deny_override(set, options);
}

Result<Answer> run(const ChangeOptions& options, const Style& style) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  auto planned = plan_host(*host, options, time_of_looking());
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
