// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "model/loading/load_config.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Adds what the units of systemd that a boot starts hand to modprobe. Followed from
/// default.target, sysinit.target and `systemd.wants=` of the command line over Wants=, Requires=
/// and the like, the folders of the same name, and what sockets, timers and paths start later;
/// conditions are taken for true. Units that a device, D-Bus or an administrator starts are not
/// followed.
void add_boot_units(const Root& root, std::string_view command_line, LoadConfig& config);

}  // namespace kmodsec
