// SPDX-License-Identifier: GPL-2.0-or-later
//
// The commands in a text for sh(1), as far as they can be told without running it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

struct ShellCommand {
  std::vector<std::string> words;  ///< Without redirections.
  std::size_t line = 1;            ///< From 1.
};

/// What a text is.
enum class ShellText {
  command,  ///< The command of a unit, of a rule of udev or of a crontab.
  script,   ///< The lines of a file: those that begin with `#` are none.
};

/// Every command in the text, also those in the words that another one hands to a shell: quotes go,
/// and part nothing. A variable keeps its `$`, and of a substitution it alone is left. What a
/// condition decides is not known: each command counts.
std::vector<ShellCommand> shell_commands(std::string_view text, ShellText kind);

}  // namespace kmodsec
