// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/auditd/auditd.hpp"
#include "model/seen.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The rules that the files of the host give the kernel at the next boot. `machine` is `uname -m`;
/// where it is not known, x86_64 is assumed. What hangs on something that was not seen (the awk
/// that runs augenrules, a user of another directory, a folder that a rule watches) is a problem
/// that is not sure.
Seen<AuditRuleFiles> collect_written_rules(const Root& root, const std::string& machine);

}  // namespace kmodsec
