// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/facts.hpp"
#include "system/root.hpp"

namespace kmodsec {

/// Which of the programs that a change works with the host has, by where distributions put them.
HostTools collect_host_tools(const Root& root);

/// Whether the system was started by systemd (sd_booted(3)).
bool systemd_runs(const Root& root);

}  // namespace kmodsec
