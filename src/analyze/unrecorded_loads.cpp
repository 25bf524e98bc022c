// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/unrecorded_loads.hpp"

#include "analyze/auditd/audit_coverage.hpp"

namespace kmodsec {

std::string why_loads_go_unrecorded(const Facts& facts) {
  if (!facts.auditd) return "the audit system could not be seen: " + facts.auditd.error().reason;
  const AuditdState& auditd = *facts.auditd;
  if (!auditd.auditd) return "auditd is not installed";
  if (!auditd.active) return "the audit rules could not be seen: " + auditd.active.error().reason;
  const auto gaps = audit_coverage_gaps(*auditd.active, facts.kernel.arch.value_or(""));
  return gaps.empty() ? "" : "no audit rules record every load and unload";
}

}  // namespace kmodsec
