// SPDX-License-Identifier: GPL-2.0-or-later
//
// /etc/audit/auditd.conf: "NAME = VALUE" lines (auditd.conf(5)).
#pragma once

#include <string>
#include <string_view>

namespace kmodsec {

/// Where auditd writes its log; empty where the file does not say.
std::string audit_log_path(std::string_view auditd_conf);

/// The setting by which auditd writes no log, "write_logs = no"; empty where it writes one.
std::string no_audit_log(std::string_view auditd_conf);

}  // namespace kmodsec
