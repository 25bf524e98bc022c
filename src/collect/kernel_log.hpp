// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/kernel.hpp"
#include "model/seen.hpp"
#include "system/root.hpp"

namespace kmodsec {

/// All that the kernel's log holds now.
Seen<std::vector<KernelLogLine>> collect_kernel_log(const Root& root);

}  // namespace kmodsec
