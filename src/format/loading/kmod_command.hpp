// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a command line of kmod's programs asks for: insmod(8), modprobe(8), rmmod(8), kmod(8).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

struct KmodCommand {
  std::string applet;                ///< "insmod", "modprobe", "rmmod", or empty: none of them.
  std::vector<std::string> targets;  ///< Names, aliases or a file, as they were given.
};

KmodCommand parse_kmod_command(const std::vector<std::string>& arguments);

/// Whether it is the kernel's own call of its helper: "modprobe -q -- ALIAS" (linux:
/// kernel/module/kmod.c, call_modprobe).
bool is_kernel_helper(const std::vector<std::string>& arguments);

}  // namespace kmodsec
