// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/auditd/auditd.hpp"
#include "model/seen.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The rules of /etc/audit/rules.d, and those of the kernel if it is the running one.
/// `machine` is its architecture as `uname -m` has it. An error where a captured tree does not tell
/// whether auditd is installed.
Seen<AuditdState> collect_auditd(const Root& root, const std::string& machine);

}  // namespace kmodsec
