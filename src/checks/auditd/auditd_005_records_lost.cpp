// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>

#include "analyze/auditd/judge_auditd.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_auditd(facts, [](const AuditdState& auditd) {
    if (!auditd.status) return unknown(auditd.status.error());
    const std::uint32_t lost = auditd.status->lost;
    if (lost == 0) return judge({});
    return judge({{"audit",
                   std::to_string(lost) + " records since boot reached nobody",
                   {{"auditctl -s", {}, "lost " + std::to_string(lost)}}}});
  });
}

}  // namespace

extern const Check auditd_005_records_lost{
    .id = "AUDITD-005",
    .title = "No audit record was lost",
    .fault = "Audit records were lost",
    .severity = Severity::low,
    .needs = Needs::module_support,
    .method = "The number of lost records that the kernel gives. It fails where that is not 0.",
    .rationale =
        "The kernel drops records when its queue is full or nobody takes them. Whoever loads a "
        "module can hide it in a flood of records.",
    .remedy =
        "Raise the limit of the queue (-b 8192 in /etc/audit/rules.d), boot with "
        "audit_backlog_limit=8192, and find out what made so many records.",
    .references = {"man:auditctl(8)", "linux:kernel/audit.c"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
