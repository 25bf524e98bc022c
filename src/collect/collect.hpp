// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "collect/scope.hpp"
#include "model/auditd/audit_log_judge.hpp"
#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Reads what `scope` asks for. What cannot be read becomes a fact with its reason; the only
/// errors are a tree that is no machine and a kernel release that is not installed there. Events
/// are read where there is somebody to judge them.
Result<Facts> collect(const Root& root, const CollectScope& scope, AuditLogJudge* judge = nullptr);

/// What every answer names: the host, its kernel, and `now`, when it was asked (seconds since
/// 1970-01-01T00:00:00Z). Nothing else was collected.
Facts collect_identity_of_machine(const Root& root, std::int64_t now);

/// The path of the program that the kernel was built to run for a module, of the running one or the
/// first whose options are known; empty where none is.
std::string built_in_modprobe(const Facts& facts);

}  // namespace kmodsec
