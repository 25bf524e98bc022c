// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/judge_auditd.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_auditd(facts, [&](const AuditdState& auditd) {
    return auditd.active ? judge_audit_coverage(facts, *auditd.active, "auditctl -l")
                         : unknown(auditd.active.error());
  });
}

}  // namespace

extern const Check auditd_002_calls{
    .id = "AUDITD-002",
    .title = "The kernel records every load and unload of a module",
    .fault = "The kernel does not record every load and unload of a module",
    .severity = Severity::medium,
    .needs = Needs::module_support,
    .method =
        "The rules that the kernel has now. It fails for each of init_module, finit_module and "
        "delete_module, of 64-bit and of 32-bit programs, that no rule records for everybody, or "
        "that a rule keeps out.",
    .rationale =
        "A module gets in by init_module or finit_module, whatever program makes the call. "
        "A 32-bit program makes calls of its own, which a rule for b64 does not see. A rule "
        "that asks for auid!=unset, as benchmarks have it, records neither what the kernel loads "
        "by itself for any user, nor what boot and daemons load.",
    .remedy =
        "Set audit_rules.enabled = true in the policy and run kmodsec apply. By hand: -a "
        "always,exit -F arch=b64 -S init_module,finit_module,delete_module -F key=modules, the "
        "same for b32, and augenrules --load.",
    .follows = {"AUDITD-001", "AUDITD-003"},
    .references = {"man:audit.rules(7)", "linux:kernel/auditsc.c"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
