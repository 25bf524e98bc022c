// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/load_commands.hpp"

#include <algorithm>

#include "target.hpp"

namespace kmodsec {
namespace {

void examine_text(std::string_view input, ShellText kind) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
  const auto commands = shell_commands(input, kind);
  std::size_t bytes = 0;
  for (const ShellCommand& command : commands) {
    require(!command.words.empty() && command.line >= 1 && command.line <= lines);
    for (const std::string& word : command.words) bytes += word.size();
  }
  require(bytes <= input.size());
  const LoadCommands found = load_commands(commands, {"-q"}, "x");
  require(found.requests.size() <= input.size());
  for (const LoadRequest& request : found.requests) {
    require(!request.name.empty() && request.line >= 1 && request.line <= lines);
    require(request.name.find_first_of(" \t\n\"'$") == std::string::npos);
    for (const std::string& path : request.configuration) require(path.starts_with('/'));
  }
  for (const std::size_t line : found.unclear) require(line >= 1 && line <= lines);
}

}  // namespace
}  // namespace kmodsec

void kmodsec::examine(std::string_view input) {
  examine_text(input, ShellText::command);
  examine_text(input, ShellText::script);
}
