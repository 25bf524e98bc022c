// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/loading/load_config.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Adds what is loaded while the system starts by rules of udev, rc.local and its kin, jobs of
/// cron, and scripts of initramfs-tools and mkinitcpio. What a package brings, and what is in an
/// initramfs, is added where it passes over denies; the rest follows them anyway.
void add_boot_scripts(const Root& root, LoadConfig& config);

}  // namespace kmodsec
