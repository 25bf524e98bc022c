// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/audit_rule_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <libaudit.h>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::pair<char, std::uint32_t>, 4> permissions = {
    std::pair{'r', std::uint32_t{AUDIT_PERM_READ}},
    {'w', AUDIT_PERM_WRITE},
    {'x', AUDIT_PERM_EXEC},
    {'a', AUDIT_PERM_ATTR}};

constexpr std::array<std::string_view, 9> user_fields = {
    "auid", "uid", "euid", "suid", "fsuid", "obj_uid", "loginuid", "gid", "egid"};

bool is_user(std::string_view field) {
  return std::ranges::find(user_fields, field) != user_fields.end();
}

std::string normalized_value(std::string_view field, std::string value) {
  if (is_user(field) && (value == "-1" || value == "4294967295")) return "unset";
  if (field == "perm") return permission_letters(value);
  if (field == "exit" && value.starts_with("-E")) {
    const int code = ::audit_name_to_errno(value.c_str() + 1);
    if (code != 0) return "-" + std::to_string(code < 0 ? -code : code);
  }
  if (field == "msgtype") {
    const int type = ::audit_name_to_msg_type(value.c_str());
    if (type > 0) return std::to_string(type);
  }
  return value;
}

std::string without_last_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

}  // namespace

std::string permission_letters(std::string_view letters) {
  std::string sorted;
  for (const auto& [letter, bit] : permissions) {
    if (letters.find(letter) != std::string_view::npos) sorted += letter;
  }
  return sorted;
}

std::string permission_letters(std::uint32_t bits) {
  std::string letters;
  for (const auto& [letter, bit] : permissions) {
    if ((bits & bit) != 0) letters += letter;
  }
  return letters;
}

/// A watch on a folder is "dir" in the kernel and "-w" in a file.
void normalize(AuditRule& rule) {
  for (AuditField& field : rule.fields) {
    if (field.name == "dir") field.name = "path";
    field.value = field.name == "path" ? without_last_slash(field.value)
                                       : normalized_value(field.name, field.value);
  }
  std::ranges::sort(rule.fields);
  std::ranges::sort(rule.calls);
  const auto [first, last] = std::ranges::unique(rule.calls);
  rule.calls.erase(first, last);
  if (rule.calls.empty() || std::ranges::count(rule.calls, "all") > 0) rule.calls = {"all"};
}

}  // namespace kmodsec
