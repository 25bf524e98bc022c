// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "format/auditd/audit_rule_draft.hpp"
#include "format/auditd/auditctl_host.hpp"

namespace kmodsec {

/// A condition of -F, taken apart.
struct AuditCondition {
  int field = 0;
  std::uint32_t op = 0;
  std::string value;
  std::uint32_t list = 0;  ///< Of the rule; `no_audit_list` where it has none yet.
};

/// Adds a condition with its value as the kernel has it, or says why auditctl takes no such value,
/// operator or list for the field.
std::optional<AuditctlRefusal> add_audit_value(const AuditCondition& condition,
                                               const AuditctlHost& host, AuditRuleDraft& rule);

/// The bits of "rwxa", or nothing where a letter is none of them or there are more than four.
std::optional<std::uint32_t> audit_permission_bits(std::string_view letters);

bool is_digit_at(std::string_view text, std::size_t at);

}  // namespace kmodsec
