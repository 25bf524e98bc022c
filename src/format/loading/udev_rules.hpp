// SPDX-License-Identifier: GPL-2.0-or-later
//
// What rules of udev run (udev(7)).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "format/loading/load_commands.hpp"

namespace kmodsec {

/// A command of RUN, PROGRAM or IMPORT.
struct UdevCommand {
  std::string value;
  bool is_builtin = false;       ///< Of udev itself: "kmod load NAME".
  std::string modprobe_options;  ///< What the rule sets ENV{MODPROBE_OPTIONS} to.
  std::size_t line = 0;          ///< From 1; of a continued one, its first.
};

/// Conditions of a rule are taken for true. A rule that udev cannot take apart has none (systemd:
/// src/udev/udev-rules.c, parse_line).
std::vector<UdevCommand> parse_udev_rules(std::string_view text);

/// What the command asks to load. `kmod load` of udev obeys blacklist and install lines (systemd:
/// src/shared/module-util.c, module_load_and_warn).
LoadCommands load_commands_of(const UdevCommand& command, const std::string& source);

}  // namespace kmodsec
