// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "format/auditd/audit_rule_draft.hpp"
#include "format/auditd/auditctl_host.hpp"

namespace kmodsec {

/// What is no list: none was named yet.
inline constexpr std::uint32_t no_audit_list = AUDIT_FILTER_UNSET;

/// "auid>=1000" of -F, added to the rule (audit-userspace 3.0.9: lib/libaudit.c,
/// audit_rule_fieldpair_data).
std::optional<AuditctlRefusal> add_audit_field(const std::string& pair, std::uint32_t list,
                                               const AuditctlHost& host, AuditRuleDraft& rule);

/// "auid!=obj_uid" of -C (audit_rule_interfield_comp_data).
std::optional<AuditctlRefusal> add_audit_comparison(const std::string& pair, std::uint32_t list,
                                                    AuditRuleDraft& rule);

/// "init_module,175" of -S (auditctl.c, parse_syscall).
std::optional<AuditctlRefusal> add_audit_calls(const std::string& calls, const AuditctlHost& host,
                                               AuditRuleDraft& rule);

/// The number that libaudit has for `uname -m`; below 0 where it knows none.
int audit_machine(const std::string& machine);

/// Two names of fields that the kernel can compare, by the number of AUDIT_COMPARE_*; empty
/// where there is no such number.
struct ComparedFields {
  std::string_view left;
  std::string_view right;
};
ComparedFields compared_fields(std::uint32_t comparison);

}  // namespace kmodsec
