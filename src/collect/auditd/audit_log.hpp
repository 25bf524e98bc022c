// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "model/auditd/audit_log_judge.hpp"
#include "model/auditd/module_event.hpp"
#include "model/seen.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Where auditd of this host writes to, as /etc/audit/auditd.conf says.
std::string audit_log_of(const Root& root);

/// The events of modules in the audit log and its rotated files, from a time on (in seconds since
/// 1970; 0: all), by time, with what `judge` makes of them. Errors: `not_found` where there is no
/// log at all, `denied`.
Seen<EventLog> collect_audit_log(const Root& root, std::int64_t since, AuditLogJudge& judge);

}  // namespace kmodsec
