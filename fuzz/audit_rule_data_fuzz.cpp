// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/audit_calls.hpp"
#include "format/auditd/audit_rule_data.hpp"
#include "model/auditd/audit_rule_text.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto rule = parse_audit_rule_data(input, audit_arch("x86_64", "b64"));
  if (!rule) return;
  require(!rule->calls.empty());
  require(to_string(*rule).starts_with("-a "));
}
