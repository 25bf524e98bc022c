// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/audit.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// The answer for a person: posture in a few lines, findings by severity, then what could not be
/// seen.
std::string print_audit_text(const AuditReport& report, const Style& style);

/// The document `kmodsec.audit/1`.
std::string print_audit_json(const AuditReport& report);

}  // namespace kmodsec
