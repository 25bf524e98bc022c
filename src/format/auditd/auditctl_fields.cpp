// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/auditctl_fields.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <utility>

#include "base/text.hpp"
#include "format/auditd/auditctl_values.hpp"

namespace kmodsec {
namespace {

using Refusal = std::optional<AuditctlRefusal>;

struct Operator {
  std::string_view text;
  std::uint32_t flag;
};
/// In the order in which they are looked for, anywhere in the pair.
constexpr std::array<Operator, 8> operators = {Operator{"!=", AUDIT_NOT_EQUAL},
                                               {">=", AUDIT_GREATER_THAN_OR_EQUAL},
                                               {"<=", AUDIT_LESS_THAN_OR_EQUAL},
                                               {"&=", AUDIT_BIT_TEST},
                                               {"=", AUDIT_EQUAL},
                                               {">", AUDIT_GREATER_THAN},
                                               {"<", AUDIT_LESS_THAN},
                                               {"&", AUDIT_BIT_MASK}};

struct Pair {
  std::string left;
  std::uint32_t op = 0;
  std::string right;
};

/// Nothing where no operator is.
std::optional<Pair> take_apart(std::string_view pair, bool only_equality) {
  for (const Operator& each : operators) {
    if (only_equality && each.flag != AUDIT_NOT_EQUAL && each.flag != AUDIT_EQUAL) continue;
    const std::size_t at = pair.find(each.text);
    if (at == std::string_view::npos) continue;
    return Pair{std::string(pair.substr(0, at)), each.flag,
                std::string(pair.substr(at + each.text.size()))};
  }
  return std::nullopt;
}

/// Number 1 first (linux: include/uapi/linux/audit.h, AUDIT_COMPARE_UID_TO_OBJ_UID).
constexpr std::array<ComparedFields, 25> comparisons = {ComparedFields{"uid", "obj_uid"},
                                                        {"gid", "obj_gid"},
                                                        {"euid", "obj_uid"},
                                                        {"egid", "obj_gid"},
                                                        {"auid", "obj_uid"},
                                                        {"suid", "obj_uid"},
                                                        {"sgid", "obj_gid"},
                                                        {"fsuid", "obj_uid"},
                                                        {"fsgid", "obj_gid"},
                                                        {"uid", "auid"},
                                                        {"uid", "euid"},
                                                        {"uid", "fsuid"},
                                                        {"uid", "suid"},
                                                        {"auid", "fsuid"},
                                                        {"auid", "suid"},
                                                        {"auid", "euid"},
                                                        {"euid", "suid"},
                                                        {"euid", "fsuid"},
                                                        {"suid", "fsuid"},
                                                        {"gid", "egid"},
                                                        {"gid", "fsgid"},
                                                        {"gid", "sgid"},
                                                        {"egid", "fsgid"},
                                                        {"egid", "sgid"},
                                                        {"sgid", "fsgid"}};

constexpr std::array<int, 11> fields_of_exclude = {
    AUDIT_PID,      AUDIT_UID,       AUDIT_GID,       AUDIT_LOGINUID,
    AUDIT_MSGTYPE,  AUDIT_SUBJ_USER, AUDIT_SUBJ_ROLE, AUDIT_SUBJ_TYPE,
    AUDIT_SUBJ_SEN, AUDIT_SUBJ_CLR,  AUDIT_EXE};

Refusal add_call(const std::string& name, int machine, AuditRuleDraft& rule) {
  if (name == "all") {
    std::ranges::fill(rule.head.mask, ~0U);
    return std::nullopt;
  }
  if (machine < 0) return AuditctlRefusal{"libaudit does not know this machine", false};
  int number = ::audit_name_to_syscall(name.c_str(), machine);
  if (number < 0 && is_digit_at(name, 0))
    number = static_cast<int>(std::strtol(name.c_str(), nullptr, 0));
  if (number < 0 || number / 32 > AUDIT_BITMASK_SIZE - 1)
    return AuditctlRefusal{"this machine has no such system call: " + utf8_text(name)};
  rule.head.mask[number / 32] |= 1U << (number % 32);
  return std::nullopt;
}

}  // namespace

ComparedFields compared_fields(std::uint32_t comparison) {
  return comparison == 0 || comparison > comparisons.size() ? ComparedFields{}
                                                            : comparisons.at(comparison - 1);
}

int audit_machine(const std::string& machine) { return ::audit_name_to_machine(machine.c_str()); }

std::optional<AuditctlRefusal> add_audit_field(const std::string& pair, std::uint32_t list,
                                               const AuditctlHost& host, AuditRuleDraft& rule) {
  if (rule.is_full()) return AuditctlRefusal{"the rule has too many conditions"};
  const auto parts = take_apart(pair, false);
  if (!parts) return AuditctlRefusal{"a condition without an operator: " + utf8_text(pair)};
  if (parts->left.empty() || parts->right.empty())
    return AuditctlRefusal{"a condition without a name or a value: " + utf8_text(pair)};
  const int field = ::audit_name_to_field(parts->left.c_str());
  if (field < 0) return AuditctlRefusal{"no field has the name " + utf8_text(parts->left)};
  if (list == AUDIT_FILTER_EXCLUDE &&
      std::ranges::find(fields_of_exclude, field) == fields_of_exclude.end())
    return AuditctlRefusal{parts->left + " is not a field for the list exclude"};
  return add_audit_value({field, parts->op, parts->right, list}, host, rule);
}

std::optional<AuditctlRefusal> add_audit_comparison(const std::string& pair, std::uint32_t list,
                                                    AuditRuleDraft& rule) {
  if (rule.is_full()) return AuditctlRefusal{"the rule has too many conditions"};
  const auto parts = take_apart(pair, true);
  if (!parts || parts->left.empty() || parts->right.empty())
    return AuditctlRefusal{"not a comparison: " + utf8_text(pair)};
  const std::array<int, 2> wanted = {::audit_name_to_field(parts->left.c_str()),
                                     ::audit_name_to_field(parts->right.c_str())};
  if (wanted[0] < 0 || wanted[1] < 0)
    return AuditctlRefusal{"no field has such a name: " + utf8_text(pair)};
  if (list != AUDIT_FILTER_EXIT)
    return AuditctlRefusal{"comparisons are for the list exit: " + utf8_text(pair)};
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const std::array<int, 2> fields = {
        ::audit_name_to_field(std::string(comparisons.at(i).left).c_str()),
        ::audit_name_to_field(std::string(comparisons.at(i).right).c_str())};
    if (!std::ranges::is_permutation(wanted, fields)) continue;
    rule.add(AUDIT_FIELD_COMPARE, parts->op, static_cast<std::uint32_t>(i + 1));
    return std::nullopt;
  }
  return AuditctlRefusal{"these fields cannot be compared: " + utf8_text(pair)};
}

std::optional<AuditctlRefusal> add_audit_calls(const std::string& calls, const AuditctlHost& host,
                                               AuditRuleDraft& rule) {
  const int machine =
      rule.arch == 0 ? audit_machine(host.machine) : ::audit_elf_to_machine(rule.arch);
  if (rule.arch == 0) {
    if (machine < 0) return AuditctlRefusal{"libaudit does not know this machine", false};
    rule.arch = ::audit_machine_to_elf(machine);
  }
  std::vector<std::string> names;
  if (calls.find(',') == std::string::npos)
    names.push_back(calls);
  else
    for (const std::string_view name : split(calls, ',')) names.emplace_back(name);
  for (const std::string& name : names) {
    if (auto refusal = add_call(name, machine, rule)) return refusal;
  }
  rule.has_calls = true;
  return std::nullopt;
}

}  // namespace kmodsec
