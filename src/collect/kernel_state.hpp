// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/kernel.hpp"
#include "system/root.hpp"

namespace kmodsec {

/// Release, version, architecture and module support: what every answer names.
KernelState collect_kernel_identity(const Root& root);

/// Adds the security state of the live kernel: lockdown, enforcement, taint, helper, log, keys.
void collect_kernel_posture(const Root& root, KernelState& kernel);

}  // namespace kmodsec
