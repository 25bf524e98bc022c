// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/judge_auditd.hpp"

#include <utility>

#include "analyze/auditd/audit_coverage.hpp"
#include "model/auditd/audit_rule_text.hpp"

namespace kmodsec {
namespace {

/// Where the architecture is not known. It runs programs of both word sizes.
constexpr std::string_view usual_machine = "x86_64";

bool is_absent(const AuditdState& auditd) {
  const bool kernel_audits = auditd.status && auditd.status->enabled != 0;
  return !auditd.auditd && !kernel_audits;
}

}  // namespace

Verdict judge_auditd(const Facts& facts, const JudgeAuditd& judge) {
  if (lacks_module_support(facts)) return not_applicable(std::string(no_module_support));
  if (!facts.auditd) return unknown(facts.auditd.error());
  if (is_absent(*facts.auditd)) return not_applicable("auditd is not installed, see AUDITD-001");
  return judge(*facts.auditd);
}

Evidence evidence_of(const AuditRule& rule) {
  if (rule.source.empty()) return {"auditctl -l", {}, to_string(rule)};
  return {rule.source, rule.line, to_string(rule)};
}

std::vector<Unseen> unsure_lines(const AuditRuleFiles& files) {
  std::vector<Unseen> lines;
  for (const AuditRuleProblem& problem : files.problems) {
    if (!problem.sure)
      lines.push_back(
          {problem.source, (problem.text.empty() ? "" : problem.text + ": ") + problem.reason});
  }
  return lines;
}

Verdict judge_audit_coverage(const Facts& facts, const std::vector<AuditRule>& rules,
                             std::string_view where) {
  std::vector<Finding> findings;
  std::vector<Unseen> unseen;
  for (AuditCoverageGap& gap :
       audit_coverage_gaps(rules, facts.kernel.arch.value_or(std::string(usual_machine)))) {
    if (!facts.kernel.arch && gap.arch == "b32") {
      unseen.push_back({"architecture",
                        "whether this host runs 32-bit programs, whose calls the rules do not "
                        "record, was not seen"});
      continue;
    }
    const std::string subject = gap.arch.empty() ? gap.call : gap.call + " (" + gap.arch + ")";
    Evidence evidence = gap.rule == nullptr ? Evidence{std::string(where), {}, "no rule for it"}
                                            : evidence_of(*gap.rule);
    findings.push_back({subject, std::move(gap.why), {std::move(evidence)}});
  }
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace kmodsec
