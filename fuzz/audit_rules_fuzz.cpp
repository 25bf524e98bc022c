// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "format/auditd/audit_rules.hpp"
#include "format/auditd/auditctl_words.hpp"
#include "format/auditd/auditd_conf.hpp"
#include "format/auditd/augenrules.hpp"
#include "model/auditd/audit_rule_text.hpp"
#include "target.hpp"

namespace {

/// Bytes that auditctl puts in the place of what a backslash keeps.
bool can_be_written(const std::string& rule) {
  return rule.size() <= kmodsec::longest_auditctl_line &&
         rule.find_first_of("\x04\x07") == std::string::npos;
}

/// Each line that augenrules writes has an origin, and its text is a fixed point of the script.
void examine_script(std::string_view input) {
  const std::vector<std::string> names = kmodsec::augenrules_order({std::string(input), "a"}, {});
  const std::size_t half = input.size() / 2;
  const auto rules = kmodsec::generate_audit_rules(
      "/d", {{"a", std::string(input.substr(0, half))}, {"b", std::string(input.substr(half))}},
      {});
  kmodsec::require(std::ranges::count(rules.text, '\n') ==
                   static_cast<std::ptrdiff_t>(rules.origins.size()));
  const auto again = kmodsec::generate_audit_rules("/d", {{"c", rules.text}}, {});
  kmodsec::require(again.text == rules.text);
}

}  // namespace

/// A rule that is written down again is the same rule.
void kmodsec::examine(std::string_view input) {
  AuditRuleFiles files;
  parse_audit_rules(input, "a", files);
  for (const AuditRule& rule : files.rules) {
    require(!rule.calls.empty());
    const std::string text = to_string(rule);
    if (!can_be_written(text)) continue;
    AuditRuleFiles again;
    parse_audit_rules(text, "b", again);
    if (again.rules.size() == 1) require(to_string(again.rules.front()) == text);
  }
  examine_script(input);
  audit_log_path(input);
  no_audit_log(input);
}
