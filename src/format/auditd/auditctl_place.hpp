// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "format/auditd/auditctl_fields.hpp"
#include "format/auditd/auditctl_host.hpp"

namespace kmodsec {

inline constexpr std::uint32_t no_audit_action = 0xffffffff;

/// Where a rule belongs, and what it does.
struct AuditRulePlace {
  std::uint32_t list = no_audit_list;
  std::uint32_t action = no_audit_action;
};

enum class AuditPlaceState {
  known,
  wrong,
  passed_over,  ///< The action is "possible": auditctl leaves the line out and goes on.
};

/// "always,exit" or "exit,always" of -a (audit-userspace 3.0.9: src/auditctl.c, audit_rule_setup).
AuditPlaceState read_audit_place(std::string_view text, const AuditctlHost& host,
                                 AuditRulePlace& place);

}  // namespace kmodsec
