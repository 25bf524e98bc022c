// SPDX-License-Identifier: GPL-2.0-or-later
//
// Rules of the audit system as files have them (audit.rules(7)): lines of options of auditctl(8).
#pragma once

#include <string>
#include <string_view>

#include "model/auditd/auditd.hpp"

namespace kmodsec {

/// Adds what a file says to `files`.
void parse_audit_rules(std::string_view text, const std::string& source, AuditRuleFiles& files);

}  // namespace kmodsec
