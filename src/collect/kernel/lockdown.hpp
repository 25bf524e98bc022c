// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "model/kernel/kernel.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The level of lockdown. The security module shows it in securityfs, from Linux 5.4 on. Before, it
/// was a patch of distributions (RHEL 8's 4.18, Ubuntu's 4.15, Debian's 4.19) that shows itself in
/// the kernel's log alone, has one level, and keeps out what has no valid signature: that is told
/// as `integrity`. Where neither shows and a build may have the patch, the answer is an error.
Seen<Lockdown> collect_lockdown(const Root& root, const KernelState& kernel,
                                const Seen<std::vector<KernelLogLine>>& log);

}  // namespace kmodsec
