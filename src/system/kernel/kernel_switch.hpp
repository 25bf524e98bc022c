// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "system/host/running_system.hpp"

namespace kmodsec {

/// Writes a value to a file by which the running kernel is told something (procfs, sysfs).
Result<void> set_kernel_switch(RunningSystem system, const std::string& path,
                               std::string_view value);

}  // namespace kmodsec
