// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/audit.hpp"
#include "model/status.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// The answer for a person: the host at a glance, findings by severity with those that follow from
/// another beside it, then what could not be seen. `verbose` shows the posture, all evidence and
/// remedies.
std::string print_audit_text(const AuditReport& report, const HostStatus& status,
                             const Style& style, bool verbose);

/// The document `kmodsec.audit/1`.
std::string print_audit_json(const AuditReport& report);

/// A document in each line: `kmodsec.audit-head/1`, a `kmodsec.audit-finding/1` for each finding, a
/// `kmodsec.audit-gap/1` for each gap, after a comparison a `kmodsec.audit-earlier/1` for each
/// finding of the earlier answer that is not among them, and last `kmodsec.audit-verdict/1`,
/// without which the answer was cut. `verdict` is "clean", "findings" or "incomplete", as the exit
/// code says it.
std::string print_audit_ndjson(const AuditReport& report, std::string_view verdict);

}  // namespace kmodsec
