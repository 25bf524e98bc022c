// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/audit_rules.hpp"
#include "format/auditd/auditd_conf.hpp"
#include "model/auditd/audit_rule_text.hpp"
#include "target.hpp"

/// A rule that is written down again is the same rule.
void kmodsec::examine(std::string_view input) {
  AuditRuleFiles files;
  parse_audit_rules(input, "a", files);
  for (const AuditRule& rule : files.rules) {
    require(!rule.calls.empty());
    AuditRuleFiles again;
    parse_audit_rules(to_string(rule), "b", again);
    if (again.rules.size() == 1) require(to_string(again.rules.front()) == to_string(rule));
  }
  audit_log_path(input);
}
