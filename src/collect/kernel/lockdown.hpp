// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/kernel/kernel.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The lockdown level in force. Where its file is missing, the reason decides: a kernel built
/// without lockdown, or one that runs without it, is `none`; securityfs unmounted is unseen.
Seen<Lockdown> collect_lockdown(const Root& root, const Seen<KernelConfig>& config);

}  // namespace kmodsec
