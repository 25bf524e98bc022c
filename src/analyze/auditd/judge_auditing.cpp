// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/judge_auditing.hpp"

#include <utility>

#include "analyze/auditd/audit_coverage.hpp"
#include "model/auditd/audit_rule_text.hpp"

namespace kmodsec {
namespace {

bool is_absent(const Auditing& auditing) {
  const bool kernel_audits = auditing.status && auditing.status->enabled != 0;
  return !auditing.auditd && !kernel_audits;
}

}  // namespace

Verdict judge_auditing(const Facts& facts, const JudgeAuditing& judge) {
  if (!facts.auditing) return unknown(facts.auditing.error());
  if (is_absent(*facts.auditing)) return not_applicable("auditd is not installed, see AUDITD-001");
  return judge(*facts.auditing);
}

Evidence evidence_of(const AuditRule& rule) {
  if (rule.source.empty()) return {"auditctl -l", {}, to_string(rule)};
  return {rule.source, rule.line, to_string(rule)};
}

Verdict judge_audit_coverage(const Facts& facts, const std::vector<AuditRule>& rules,
                             std::string_view where) {
  std::vector<Finding> findings;
  for (AuditCoverageGap& gap : audit_coverage_gaps(rules, facts.kernel.arch.value_or(""))) {
    const std::string subject = gap.arch.empty() ? gap.call : gap.call + " (" + gap.arch + ")";
    Evidence evidence = gap.rule == nullptr ? Evidence{std::string(where), {}, "no rule for it"}
                                            : evidence_of(*gap.rule);
    findings.push_back({subject, std::move(gap.why), {std::move(evidence)}});
  }
  return judge(std::move(findings));
}

}  // namespace kmodsec
