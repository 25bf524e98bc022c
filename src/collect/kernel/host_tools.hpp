// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Where systemd's journal takes entries.
inline constexpr std::string_view journal_socket = "/run/systemd/journal/socket";

/// Which of the programs that a change works with the host has, by where distributions put them.
HostTools collect_host_tools(const Root& root);

/// Whether it lies where distributions put programs of the administrator.
bool has_program(const Root& root, std::string_view name);

/// Whether the system was started by systemd (sd_booted(3)).
bool systemd_runs(const Root& root);

}  // namespace kmodsec
