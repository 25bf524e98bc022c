// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/auditd/auditd.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What loads the audit rules when the host starts.
struct RuleLoading {
  AuditRuleLoader loader = AuditRuleLoader::unknown;
  std::string said_by;  ///< The unit or script.
  std::string file;     ///< That auditctl -R is called with.
};

/// From the units auditd.service and audit-rules.service (audit 4), with their drop-ins, or the
/// script by which another init starts auditd.
RuleLoading find_rule_loading(const Root& root);

}  // namespace kmodsec
