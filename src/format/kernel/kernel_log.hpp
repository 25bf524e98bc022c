// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "model/kernel/kernel.hpp"

namespace kmodsec {

/// Records of /dev/kmsg: "PRIORITY,SEQUENCE,MICROSECONDS,FLAGS[,…];TEXT", then " KEY=VALUE" lines.
/// Bytes that are not printable stand as \xNN (Linux Documentation/ABI/testing/dev-kmsg).
std::vector<KernelLogLine> parse_kernel_log(std::string_view records);

/// Whether a line tells of taint, a module's signature or its refusal, or lockdown.
bool is_about_module_trust(const KernelLogLine& line);

}  // namespace kmodsec
