// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/loading/kernel_boot.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What tools put on the command lines of the boot entries that they make.
struct DefaultCommandLines {
  std::vector<BootCommandLine> lines;
  std::vector<Unseen> unseen;  ///< Files that are there and could not be read.
};

/// /etc/kernel/cmdline and its like (kernel-install(8)), /etc/cmdline.d (dracut.cmdline(7),
/// mkinitcpio(8)), and the GRUB_CMDLINE_LINUX variables of /etc/default/grub and
/// /etc/default/grub.d (grub-mkconfig(8)).
DefaultCommandLines collect_default_command_lines(const Root& root);

}  // namespace kmodsec
