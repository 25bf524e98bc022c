// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/kernel/kernel.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Release, version, architecture and module support: what every answer names.
KernelState collect_kernel_identity(const Root& root);

/// Adds what says whom the live kernel trusts: build options, Secure Boot, keyrings.
void collect_kernel_trust(const Root& root, KernelState& kernel);

/// Adds the rest of its security state: lockdown, enforcement, taint, helper, log.
void collect_kernel_posture(const Root& root, KernelState& kernel);

}  // namespace kmodsec
