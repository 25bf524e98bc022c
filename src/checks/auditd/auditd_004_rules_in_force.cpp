// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/audit_coverage.hpp"
#include "analyze/auditd/judge_auditd.hpp"
#include "model/auditd/audit_rule_text.hpp"

namespace kmodsec {
namespace {

void add_missing(const std::vector<AuditRule>& rules, const std::vector<AuditRule>& among,
                 const std::string& message, std::vector<Finding>& findings) {
  for (const AuditRule* rule : rules_not_among(rules, among))
    findings.push_back({to_string(*rule), message, {evidence_of(*rule)}});
}

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_auditd(facts, [](const AuditdState& auditd) {
    if (!auditd.active) return unknown(auditd.active.error());
    if (!auditd.written) return unknown(auditd.written.error());
    const std::string pending =
        takes_no_rules(auditd) ? ", and cannot be until the next boot: -e 2" : "";
    std::vector<Finding> findings;
    add_missing(auditd.written->rules, *auditd.active,
                "is on disk and not in the kernel: not loaded, or refused" + pending, findings);
    add_missing(*auditd.active, auditd.written->rules,
                "is in the kernel and not on disk: gone at the next boot", findings);
    if (auditd.written->locks && !takes_no_rules(auditd) && auditd.status)
      findings.push_back({"-e 2",
                          "is on disk and not in the kernel: root can remove the rules until they "
                          "are loaded again or the host boots",
                          {{"auditctl -s", {}, "enabled 1"}}});
    return judge(std::move(findings), unsure_lines(*auditd.written));
  });
}

}  // namespace

extern const Check auditd_004_rules_in_force{
    .id = "AUDITD-004",
    .title = "The kernel audits by the rules on disk",
    .fault = "The kernel does not audit by the rules on disk",
    .severity = Severity::low,
    .needs = Needs::module_support,
    .method =
        "The rules on disk are compared with those that the kernel has. It fails for each rule "
        "that only one of the two has, and where a lock (-e 2) on disk is not in force.",
    .rationale =
        "A file of rules does nothing until it is loaded, and the kernel may refuse a rule. A rule "
        "that is only in the kernel is gone at the next boot.",
    .remedy =
        "Run augenrules --load and read what it says. Where the rules are locked (-e 2), reboot.",
    .follows = {"AUDITD-001"},
    .references = {"man:augenrules(8)", "man:auditctl(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
