// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/loading/kernel_boot.hpp"

namespace kmodsec {

/// What comes of several configurations of which any one may count: what asks for a module in any
/// of them, and what denies one in all of them. A parameter of a module counts where any has it.
LoadConfig load_config_of_any(std::vector<LoadConfig> alternatives);

/// The same of the command lines of one kernel, see `parse_kernel_load_parameters`. Where others
/// may boot it that are not known, nothing is denied in all of them.
LoadConfig load_config_of_command_lines(const std::vector<BootCommandLine>& lines,
                                        bool others_may_boot_it);

/// The images that `initrd=` names on a command line, with slashes; not the addresses that old
/// loaders put there (linux: drivers/firmware/efi/libstub/file.c; init/do_mounts_initrd.c).
std::vector<std::string> initrds_on_command_line(const std::string& text);

}  // namespace kmodsec
