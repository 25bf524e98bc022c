// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "format/auditd/audit_rule_draft.hpp"
#include "format/auditd/auditctl_host.hpp"

namespace kmodsec {

/// What auditctl asks the kernel for by one line. What stands before a mistake is done all the
/// same.
struct AuditctlRequest {
  enum class Change { none, add, remove };

  std::optional<AuditctlRefusal> refusal;  ///< auditctl finds a mistake.
  bool goes_on = false;                    ///< -i, -c: later mistakes end nothing.
  bool removes_all = false;                ///< -D
  std::string removes_key;                 ///< Of -D -k: rules with this in their key, alone.
  std::optional<std::uint32_t> enabled;    ///< -e
  bool sets_something = false;             ///< Refused where the rules are locked.
  Change change = Change::none;
  AuditRuleDraft rule;
};

/// Does with the words of a line what auditctl does (audit-userspace 3.0.9: src/auditctl.c, setopt
/// and handle_request).
AuditctlRequest read_auditctl_line(const std::vector<std::string>& words, const AuditctlHost& host);

}  // namespace kmodsec
