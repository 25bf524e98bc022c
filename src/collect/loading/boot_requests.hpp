// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "model/loading/load_config.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Adds what asks for modules at boot, by the rules of the init that the host has: modules-load.d,
/// /etc/modules, OpenRC's /etc/conf.d/modules, `modules_load=` of the kernel's command line, and
/// units of systemd. An unknown init is taken for systemd, which may read /etc/modules as well.
/// Files that would ask and are read by nobody go to `unread`.
Result<void> add_boot_requests(const Root& root, std::string_view command_line, LoadConfig& config);

}  // namespace kmodsec
