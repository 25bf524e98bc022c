// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Fills `index_lines` and `weakdeps`: kmod reads modules.softdep, and modules.weakdep from 33 on,
/// as it reads a file of modprobe.d, so that every directive counts there (kmod:
/// libkmod/libkmod-config.c, kmod_config_new).
void collect_index_config(const Root& root, ModuleTree& tree);

/// The same for the kernels in an image, whose lines join the others in their order.
void add_index_config(const Root& image, LoadConfig& load);

}  // namespace kmodsec
