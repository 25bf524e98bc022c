// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/kernel/kernel.hpp"
#include "model/report.hpp"

namespace kmodsec {

/// Where the level of lockdown, which was seen, is told: by the security module's file, and before
/// there was one (Linux 5.4) by the kernel's log alone.
Evidence lockdown_evidence(const KernelState& kernel);

}  // namespace kmodsec
