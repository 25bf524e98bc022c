// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the firmware of boards, and the loader Limine, read of their boot partition.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/loading/boot_entry.hpp"

namespace kmodsec {

/// config.txt of a Raspberry Pi. Sections for models and boards are not told apart: what any of
/// them says may be what boots.
struct RaspberryPiConfig {
  std::vector<std::string> kernels;        ///< Of `kernel=`.
  std::vector<std::string> initrds;        ///< Of `initramfs FILE[,FILE] [ADDRESS]`.
  std::vector<std::string> command_lines;  ///< Files, of `cmdline=`.
  std::vector<std::string> prefixes;       ///< Of `os_prefix=`.
  std::vector<std::string> includes;       ///< Of `include FILE`.
  bool finds_initramfs = false;            ///< `auto_initramfs=1`.
};

/// (Raspberry Pi documentation: config.txt, "Boot options".)
RaspberryPiConfig parse_raspberry_pi_config(std::string_view text);

/// uEnv.txt, armbianEnv.txt and their like: variables that a script of U-Boot takes. What that
/// script does with them is not known: the command line is marked as unclear. Nothing for a file
/// without such variables.
std::vector<BootEntry> parse_uboot_environment(std::string_view text);

/// limine.conf: `path:` or `kernel_path:`, `module_path:`, `cmdline:` of each entry; and limine.cfg
/// of before version 8, with `KEY=value` (Limine: CONFIG.md). Error: `too_large`.
Result<std::vector<BootEntry>> parse_limine_config(std::string_view text);

}  // namespace kmodsec
