// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/check.hpp"

namespace kmodsec {
namespace {

Finding finding(std::string message, std::string value) {
  return {"audit", std::move(message), {{"auditctl -s", {}, std::move(value)}}};
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.auditd) return unknown(facts.auditd.error());
  const AuditdState& auditd = *facts.auditd;
  if (!auditd.auditd)
    return judge({{"audit",
                   "auditd is not installed: nobody keeps a record of what is loaded",
                   {{"/usr/sbin/auditd", {}, "absent"}}}});
  if (!auditd.status) return unknown(auditd.status.error());
  if (auditd.status->enabled == 0)
    return judge({finding("the kernel does not audit (audit=0, or auditctl -e 0)", "enabled 0")});
  if (auditd.status->daemon == 0)
    return judge({finding("auditd does not run: records reach the kernel's log at best", "pid 0")});
  return judge({});
}

}  // namespace

extern const Check auditd_001_recording{
    .id = "AUDITD-001",
    .title = "The audit system records",
    .fault = "The audit system does not record",
    .severity = Severity::low,
    .needs = Needs::module_support,
    .method =
        "The status that the kernel gives of its audit system, and whether auditd is installed. It "
        "fails where auditd is missing or does not run, or where the kernel does not audit.",
    .rationale =
        "Only an audit trail shows afterwards who loaded a module. The kernel's own log shows that "
        "some were loaded, but not by whom, and it has nothing on most refusals.",
    .remedy =
        "Install auditd and start it. Take audit=0 off the kernel command line; audit=1 there "
        "makes the kernel audit programs that start before auditd.",
    .references = {"man:auditd(8)", "man:auditctl(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
