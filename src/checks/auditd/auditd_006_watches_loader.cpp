// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/audit_coverage.hpp"
#include "analyze/auditd/judge_auditd.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_auditd(facts, [](const AuditdState& auditd) {
    if (!auditd.written) return unknown(auditd.written.error());
    std::vector<Finding> findings;
    for (const LoaderWatch& watch : watches_of_loaders(auditd.written->rules))
      findings.push_back({watch.path,
                          "is one name of a program, and no gate: other names, other programs and "
                          "the kernel itself load without it",
                          {evidence_of(*watch.rule)}});
    return judge(std::move(findings), unsure_lines(*auditd.written));
  });
}

}  // namespace

extern const Check auditd_006_watches_loader{
    .id = "AUDITD-006",
    .title = "No audit rule relies on the name of a loading program",
    .fault = "An audit rule watches the name of a loading program, which others get around",
    .severity = Severity::low,
    .needs = Needs::nothing,
    .rationale =
        "insmod, modprobe and rmmod are links to one program, kmod. A watch of such a name "
        "records when it is run by that name, also where it loads nothing, and sees no load by "
        "another name of it, by a program of one's own, or by the kernel.",
    .remedy =
        "Record the system calls (AUDITD-002). Who wants the command lines too watches the "
        "program itself: -a always,exit -F path=/usr/bin/kmod -F perm=x.",
    .references = {"man:audit.rules(7)", "man:kmod(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
