// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/check.hpp"

namespace kmodsec {

/// Where the level of lockdown, which was seen, is told: by the security module's file, by the list
/// of active modules where it is not among them, and before there was one (Linux 5.4) by the
/// kernel's log.
Evidence lockdown_evidence(const KernelState& kernel);

/// What shows that signatures are not enforced. The switch is there only where the kernel was built
/// to check any.
Evidence evidence_of_no_enforcement(const KernelState& kernel);

}  // namespace kmodsec
