// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/auditd/audit_rule_text.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace kmodsec {
namespace {

/// A backslash keeps a blank, or itself, in a word.
std::string escaped(std::string_view text) {
  std::string word;
  for (const char letter : text) {
    if (letter == ' ' || letter == '\\') word += '\\';
    word += letter;
  }
  return word;
}

/// What -C compares is the name of a field on both sides.
bool is_comparison(const AuditField& field) {
  return field.value.ends_with("uid") || field.value.ends_with("gid");
}

/// A key needs one of them before it.
bool has_subject_of_key(const AuditRule& rule) {
  constexpr std::array<std::string_view, 4> subjects = {"path", "perm", "exe", "fstype"};
  return std::ranges::any_of(rule.fields, [&](const AuditField& field) {
    return std::ranges::find(subjects, field.name) != subjects.end();
  });
}

}  // namespace

std::string to_string(const AuditRule& rule) {
  std::string text = "-a " + rule.action + "," + rule.list;
  if (!rule.arch.empty()) text += " -F arch=" + rule.arch;
  const bool has_all = rule.calls == std::vector<std::string>{"all"};
  if (!has_all || (rule.list == "exit" && !rule.key.empty() && !has_subject_of_key(rule)))
    text += " -S " + join(rule.calls, ",");
  for (const AuditField& field : rule.fields)
    text += (is_comparison(field) ? " -C " : " -F ") + field.name + field.op + escaped(field.value);
  if (!rule.key.empty()) text += " -F key=" + escaped(rule.key);
  return text;
}

std::string_view to_string(AuditRuleLoader loader) {
  switch (loader) {
    case AuditRuleLoader::augenrules: return "augenrules";
    case AuditRuleLoader::auditctl: return "auditctl";
    case AuditRuleLoader::nothing: return "nothing";
    case AuditRuleLoader::unknown: break;
  }
  return "unknown";
}

std::vector<std::string_view> audit_word_sizes(std::string_view machine) {
  const bool is_32_bit = machine.starts_with("i") || machine.starts_with("armv");
  if (is_32_bit) return {"b32"};
  const bool has_both = machine == "x86_64" || machine == "aarch64" || machine == "s390x";
  return has_both ? std::vector<std::string_view>{"b64", "b32"}
                  : std::vector<std::string_view>{"b64"};
}

}  // namespace kmodsec
