// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/judge_auditd.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_auditd(facts, [&](const AuditdState& auditd) {
    if (!auditd.written) return unknown(auditd.written.error());
    Verdict verdict = judge_audit_coverage(facts, auditd.written->rules, "/etc/audit/rules.d");
    for (const AuditRuleProblem& problem : auditd.written->problems)
      verdict.findings.push_back(
          {problem.source,
           "auditctl takes no such line, and none that follow it: " + problem.reason,
           {{problem.source, problem.line, problem.text}}});
    return judge(std::move(verdict.findings));
  });
}

}  // namespace

extern const Check auditd_003_rules_on_disk{
    .id = "AUDITD-003",
    .title = "The audit rules on disk record every load and unload of a module",
    .fault = "The audit rules on disk leave out loads or unloads of modules",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .rationale =
        "The rules of the kernel are gone at the next boot; what is in /etc/audit/rules.d is "
        "loaded then. auditctl stops at the first line that it does not take.",
    .remedy =
        "Set audit_rules.enabled = true in the policy and run kmodsec apply, and mend or remove "
        "the lines that are named.",
    .references = {"man:augenrules(8)", "man:audit.rules(7)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
