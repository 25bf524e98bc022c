// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "cli/verb.hpp"

namespace kmodsec {

/// What the command line comes to: a verb to run, or a text to print (help, version).
struct CommandLine {
  std::unique_ptr<Command> command;
  std::string text;
};

/// Errors are of kind `usage`: one line, with the nearest name where there is one.
Result<CommandLine> parse_command_line(int argc, const char* const* argv);

}  // namespace kmodsec
