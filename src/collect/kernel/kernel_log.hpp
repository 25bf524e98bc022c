// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "model/kernel/kernel.hpp"
#include "model/seen.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// All that the kernel's log holds now.
Seen<std::vector<KernelLogLine>> collect_kernel_log(const Root& root);

/// When this kernel was started, in seconds since 1970: the zero of the times in its log.
Seen<std::int64_t> collect_boot_time(const Root& root);

}  // namespace kmodsec
