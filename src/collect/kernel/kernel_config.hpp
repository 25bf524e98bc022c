// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/kernel/kernel.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The build options of one kernel, from where the distributions put them: /proc/config.gz for
/// the live kernel (`live`), /boot/config-RELEASE, or the module folder.
Seen<KernelConfig> collect_kernel_config(const Root& root, const std::string& release, bool live);

/// True only where the options were seen, and this one is not set.
bool is_built_without(const Seen<KernelConfig>& config, const std::string& option);

}  // namespace kmodsec
