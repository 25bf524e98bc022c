// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "base/result.hpp"
#include "model/policy/readiness.hpp"
#include "system/host/running_system.hpp"

namespace kmodsec {

/// Sets the switch of the running kernel. Nothing can take that back before the next boot (linux:
/// Documentation/admin-guide/sysctl/kernel.rst, kernel/module/signing.c, security/lockdown).
Result<void> freeze_kernel(RunningSystem system, FreezeLevel level);

}  // namespace kmodsec
