// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a command line of kmod's programs asks for: insmod(8), modprobe(8), rmmod(8), kmod(8).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

struct KmodCommand {
  std::string applet;                   ///< "insmod", "modprobe", "rmmod", or empty: none of them.
  std::vector<std::string> targets;     ///< Names, aliases or a file, as they were given.
  std::vector<std::string> parameters;  ///< What is behind the module of a modprobe without --all.
  bool inserts = false;          ///< Neither a removal, a question, a trial nor a wrong option.
  bool ignores_install = false;  ///< modprobe --ignore-install
  bool uses_blacklist = false;   ///< modprobe --use-blacklist
  std::vector<std::string> configuration;  ///< modprobe --config, as it was given.
};

/// Options are those of getopt_long(3): long ones may be abbreviated, short ones joined, and both
/// may come behind the names (kmod 34: tools/modprobe.c, cmdopts).
KmodCommand parse_kmod_command(const std::vector<std::string>& arguments);

/// The options that modprobe takes from the value of MODPROBE_OPTIONS, which come before those of
/// its command line: they part at blanks outside of quotes (kmod: tools/modprobe.c,
/// prepend_options_from_env).
std::vector<std::string> modprobe_options_in(std::string_view value);

/// Whether modprobe passes over what modprobe.d says once it has these options.
bool passes_over_denies(const std::vector<std::string>& options);

/// Whether it is the kernel's own call of its helper: "modprobe -q -- ALIAS" (linux:
/// kernel/module/kmod.c, call_modprobe).
bool is_kernel_helper(const std::vector<std::string>& arguments);

}  // namespace kmodsec
