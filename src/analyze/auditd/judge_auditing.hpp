// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string>

#include "model/check.hpp"

namespace kmodsec {

/// What a check asks of the audit system. Where auditd is not installed and the kernel was not
/// seen to audit, nothing applies: that there is no trail is a finding of its own, once.
using JudgeAuditing = std::function<Verdict(const Auditing&)>;
Verdict judge_auditing(const Facts& facts, const JudgeAuditing& judge);

/// Where a rule stands, and its words.
Evidence evidence_of(const AuditRule& rule);

/// One finding for each of the calls that these rules do not record.
Verdict judge_audit_coverage(const Facts& facts, const std::vector<AuditRule>& rules,
                             std::string_view where);

}  // namespace kmodsec
