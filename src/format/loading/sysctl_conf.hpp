// SPDX-License-Identifier: GPL-2.0-or-later
//
// What sysctl.d(5) makes of kernel.modprobe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/loading/load_config.hpp"

namespace kmodsec {

/// The lines that set it, in their order. A key with wildcards counts if it may be meant.
std::vector<LoaderSetting> parse_loader_settings(std::string_view text, const std::string& source);

/// `sysctl.kernel.modprobe=` of the kernel's command line (linux: fs/proc/proc_sysctl.c,
/// do_sysctl_args).
std::vector<LoaderSetting> loader_settings_of_kernel(std::string_view command_line,
                                                     const std::string& source);

}  // namespace kmodsec
