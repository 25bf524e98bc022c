// SPDX-License-Identifier: GPL-2.0-or-later
//
// Rules of the audit system as files have them (audit.rules(7)): lines of options of auditctl(8).
#pragma once

#include <string>
#include <string_view>

#include "format/auditd/auditctl_host.hpp"
#include "format/auditd/augenrules.hpp"
#include "model/auditd/auditd.hpp"

namespace kmodsec {

/// Adds to `files` what the kernel has after `auditctl -R` read a text, as far as it reads it:
/// without -i or -c before it, the first line with a mistake, and the first rule that the kernel
/// refuses, is the last. A kernel without rules is assumed.
void parse_audit_rules(const GeneratedAuditRules& text, const AuditctlHost& host,
                       AuditRuleFiles& files);

/// The same for a file as it is.
void parse_audit_rules(std::string_view text, const std::string& source, AuditRuleFiles& files);

/// A text and the origins of its lines, where they are those of one file.
GeneratedAuditRules audit_rules_as_written(std::string_view text, const std::string& source);

}  // namespace kmodsec
