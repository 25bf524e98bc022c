// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "model/loading/load_config.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Adds the lines that set MODPROBE_OPTIONS: of the files that give an environment to services, to
/// logins and to jobs of cron, of all units of systemd, their drop-ins and the files that these
/// name, and of the kernel's command line where the init hands that on.
void read_environment(const Root& root, std::string_view command_line, LoadConfig& config);

}  // namespace kmodsec
