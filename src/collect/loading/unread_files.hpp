// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/loading/load_config.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Adds the files with lines of modprobe.d that stand where kmod does not look: in folders inside
/// of those of modprobe.d, and /etc/modprobe.conf, which is busybox' alone (kmod:
/// libkmod/libkmod-config.c, conf_files_filter_out).
void add_files_out_of_place(const Root& root, LoadConfig& config);

}  // namespace kmodsec
