// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/auditd/audit_rule_text.hpp"

#include "base/text.hpp"

namespace kmodsec {

std::string to_string(const AuditRule& rule) {
  std::string text = "-a " + rule.action + "," + rule.list;
  if (!rule.arch.empty()) text += " -F arch=" + rule.arch;
  if (rule.calls != std::vector<std::string>{"all"}) text += " -S " + join(rule.calls, ",");
  for (const AuditField& field : rule.fields) text += " -F " + field.name + field.op + field.value;
  if (!rule.key.empty()) text += " -F key=" + rule.key;
  return text;
}

std::vector<std::string_view> audit_word_sizes(std::string_view machine) {
  const bool is_32_bit = machine.starts_with("i") || machine.starts_with("armv");
  if (is_32_bit) return {"b32"};
  const bool has_both = machine == "x86_64" || machine == "aarch64" || machine == "s390x";
  return has_both ? std::vector<std::string_view>{"b64", "b32"}
                  : std::vector<std::string_view>{"b64"};
}

}  // namespace kmodsec
