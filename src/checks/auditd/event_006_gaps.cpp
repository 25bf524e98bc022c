// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "analyze/auditd/judge_events.hpp"
#include "base/utc_time.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  Verdict verdict = judge_events(facts, [](const ModuleEvent&) { return false; }, "");
  if (!facts.events) return verdict;
  for (const AuditLogGap& gap : facts.events->gaps)
    verdict.findings.push_back(
        {"audit trail",
         gap.why,
         {{facts.events->log,
           {},
           fmt::format("{} to {} UTC", utc_text(gap.from), utc_text(gap.until))}}});
  return judge(std::move(verdict.findings), std::move(verdict.unseen));
}

}  // namespace

extern const Check event_006_gaps{
    .id = "EVENT-006",
    .title = "The audit trail has no gap",
    .fault = "The audit trail has a gap",
    .severity = Severity::low,
    .needs = Needs::module_support,
    .method =
        "The records of auditd's starts and stops, the order of their times, and the rotated "
        "files. It fails for each time without records.",
    .rationale =
        "Nobody can know what was loaded while auditd was stopped, or what rotation removed. A "
        "clock that was set back puts records out of order, and a search by time then misses some.",
    .remedy =
        "Find out who stopped auditd or set the clock. Keep more of the log: max_log_file and "
        "num_logs in /etc/audit/auditd.conf, or send it to another host.",
    .references = {"man:auditd.conf(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
