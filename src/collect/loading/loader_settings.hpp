// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "model/loading/load_config.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Adds what sets kernel.modprobe while the system starts, in the order in which it applies: the
/// kernel's command line, sysctl.d by the names of its files, and /etc/sysctl.conf, which not every
/// init reads. In sysctl.d a key with wildcards gives way to one that names it, wherever that is
/// (systemd: src/sysctl/sysctl.c, apply_all). Returns folders that were not captured.
std::vector<Unseen> add_loader_settings(const Root& root, std::string_view command_line,
                                        LoadConfig& config);

}  // namespace kmodsec
