// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

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

}  // namespace kmodsec
