// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/loading/load_config.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Fills `busybox_lines` where the loader is busybox: /etc/modprobe.conf, the files of
/// /etc/modprobe.d that end in .conf, and what they include. No other folder is read, nor a folder
/// in that one (busybox: modutils/modprobe.c, config_file_action).
void read_busybox_configuration(const Root& root, LoadConfig& config);

}  // namespace kmodsec
