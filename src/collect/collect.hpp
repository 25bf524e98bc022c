// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "collect/scope.hpp"
#include "model/auditd/audit_log_judge.hpp"
#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Reads what `scope` asks for. What cannot be read becomes a fact with its reason; the only
/// errors are a tree that is no machine and a kernel release that is not installed there. Events
/// are read where there is somebody to judge them.
Result<Facts> collect(const Root& root, const CollectScope& scope, AuditLogJudge* judge = nullptr);

}  // namespace kmodsec
