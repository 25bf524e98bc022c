// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/loading/load_config.hpp"

namespace kmodsec {

/// What systemd-modules-load takes from the kernel's command line, `modules_load=A,B`, each time
/// that it stands there (systemd 252: src/modules-load/modules-load.c, parse_proc_cmdline_item, and
/// src/basic/proc-cmdline.c). `-` is `_` in the key, single and double quotes part as in a shell,
/// and `rd.modules_load=` counts in an initramfs only.
std::vector<LoadRequest> parse_systemd_load_parameters(std::string_view text,
                                                       const std::string& source,
                                                       bool in_initramfs);

}  // namespace kmodsec
