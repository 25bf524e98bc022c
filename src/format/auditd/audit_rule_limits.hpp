// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>

#include "format/auditd/audit_rule_draft.hpp"
#include "format/auditd/auditctl_host.hpp"

namespace kmodsec {

/// Why the kernel does not take a rule that auditctl sends (linux 6.1: kernel/auditfilter.c,
/// audit_field_valid and audit_data_to_entry; kernel/audit_watch.c, audit_to_watch).
std::optional<AuditctlRefusal> refused_by_kernel(const AuditRuleDraft& rule,
                                                 const AuditctlHost& host);

}  // namespace kmodsec
