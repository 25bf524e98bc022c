// SPDX-License-Identifier: GPL-2.0-or-later
//
// What commands ask modprobe(8) and insmod(8) to load.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "format/loading/shell_commands.hpp"
#include "model/loading/load_config.hpp"

namespace kmodsec {

struct LoadCommands {
  std::vector<LoadRequest> requests;  ///< `by` is empty.
  /// Lines of commands that pass over denies, and whose modules a variable or another command
  /// names.
  std::vector<std::size_t> unclear;
};

/// The modules that commands hand to modprobe and insmod. Names that a command makes up while it
/// runs, of variables, are left out. `options` are those of MODPROBE_OPTIONS in their environment;
/// what the commands themselves assign to it counts as well.
LoadCommands load_commands(const std::vector<ShellCommand>& commands,
                           const std::vector<std::string>& options, const std::string& source);

/// The options in a value of MODPROBE_OPTIONS, in few words: what a long value comes to.
std::vector<std::string> bounded_modprobe_options(std::string_view value);

/// Whether a line of a file that sets an environment gives a value to MODPROBE_OPTIONS, in whatever
/// syntax: of a shell, systemd, pam_env(8), a crontab.
bool sets_modprobe_options(std::string_view line);

/// Whether the value passes over lines of modprobe.d; true as well where it is not in that line.
bool sets_options_past_denies(std::string_view line);

/// Whether such a request is by a command that passes over lines of modprobe.d.
bool passes_over_denies(const LoadRequest& request);

}  // namespace kmodsec
