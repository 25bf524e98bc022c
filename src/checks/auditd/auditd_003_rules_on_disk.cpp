// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>
#include <utility>

#include "analyze/auditd/judge_auditd.hpp"

namespace kmodsec {
namespace {

std::string message_of(const AuditRuleProblem& problem) {
  const bool is_line = problem.line != 0;
  std::string message = is_line ? "this line has no effect" : "this has no effect";
  if (problem.stops) message += is_line ? ", and none that follows it" : ", nor has what follows";
  return message + ": " + problem.reason;
}

void add_problems(const AuditRuleFiles& written, Verdict& verdict) {
  for (const AuditRuleProblem& problem : written.problems) {
    if (problem.sure)
      verdict.findings.push_back(
          {problem.source, message_of(problem), {{problem.source, problem.line, problem.text}}});
  }
}

void add_states(const AuditRuleFiles& written, Verdict& verdict) {
  const std::string by = written.loaded_by.empty() ? written.from : written.loaded_by;
  if (written.loader == AuditRuleLoader::nothing)
    verdict.findings.push_back({"audit rules",
                                "nothing loads the rules at boot: their unit is masked",
                                {{by, {}, "masked"}}});
  if (written.switches_off)
    verdict.findings.push_back(
        {"audit", "the rules switch the audit system off", {{by, {}, "-e 0"}}});
}

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_auditd(facts, [&](const AuditdState& auditd) {
    if (!auditd.written) return unknown(auditd.written.error());
    const AuditRuleFiles& written = *auditd.written;
    Verdict verdict = judge_audit_coverage(facts, written.rules, written.from);
    add_problems(written, verdict);
    add_states(written, verdict);
    for (Unseen& line : unsure_lines(written)) verdict.unseen.push_back(std::move(line));
    return judge(std::move(verdict.findings), std::move(verdict.unseen));
  });
}

}  // namespace

extern const Check auditd_003_rules_on_disk{
    .id = "AUDITD-003",
    .title = "The audit rules on disk record every load and unload of a module",
    .fault = "The audit rules on disk leave out loads or unloads of modules",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .method =
        "The rules on disk, read as augenrules and auditctl would load them at boot. It fails for "
        "each call that they do not record, for each line that has no effect, and where nothing "
        "loads them.",
    .rationale =
        "The kernel forgets its rules at the next boot. Then augenrules builds one file from those "
        "of /etc/audit/rules.d, in the order of their names, or auditctl reads audit.rules as it "
        "is. auditctl stops at the first line that it or the kernel does not take, unless -i or -c "
        "is before it.",
    .remedy =
        "Set audit_rules.enabled = true in the policy and run kmodsec apply, and correct or remove "
        "the lines that are named.",
    .references = {"man:augenrules(8)", "man:audit.rules(7)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
