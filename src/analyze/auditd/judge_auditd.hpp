// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/check.hpp"

namespace kmodsec {

/// What a check asks of the audit system. Where auditd is not installed and the kernel was not
/// seen to audit, nothing applies: that there is no audit log is a finding of its own, once.
using JudgeAuditd = std::function<Verdict(const AuditdState&)>;
Verdict judge_auditd(const Facts& facts, const JudgeAuditd& judge);

/// Where a rule stands, and its words.
Evidence evidence_of(const AuditRule& rule);

/// Lines that may or may not have an effect.
std::vector<Unseen> unsure_lines(const AuditRuleFiles& files);

/// One finding for each of the calls that these rules do not record.
Verdict judge_audit_coverage(const Facts& facts, const std::vector<AuditRule>& rules,
                             std::string_view where);

}  // namespace kmodsec
