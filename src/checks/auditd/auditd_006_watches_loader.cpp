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
                          "is only one name of a program: other names, other programs and the "
                          "kernel itself load modules without it",
                          {evidence_of(*watch.rule)}});
    return judge(std::move(findings), unsure_lines(*auditd.written));
  });
}

}  // namespace

extern const Check auditd_006_watches_loader{
    .id = "AUDITD-006",
    .title = "No audit rule relies on the name of a loading program",
    .fault = "An audit rule relies on the name of a loading program",
    .severity = Severity::low,
    .needs = Needs::nothing,
    .method =
        "The rules on disk. It fails for each watch on insmod, modprobe, rmmod or another name of "
        "a program that loads modules.",
    .rationale =
        "insmod, modprobe and rmmod are links to one program, kmod. A watch on such a name records "
        "each run under that name, even one that loads nothing, and misses what another name, "
        "another program or the kernel itself loads.",
    .remedy =
        "Record the system calls (AUDITD-002). To record the command lines too, watch the program "
        "itself: -a always,exit -F path=/usr/bin/kmod -F perm=x.",
    .references = {"man:audit.rules(7)", "man:kmod(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
