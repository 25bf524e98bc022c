// SPDX-License-Identifier: GPL-2.0-or-later
#include "state/host_deeds.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "system/host/program.hpp"

namespace kmodsec {
namespace {

/// The last line that says something, for an error of one line.
std::string last_line(const std::string& output) {
  const std::vector<std::string_view> lines = split(output, '\n');
  return lines.empty() ? "" : std::string(trim(lines.back()));
}

bool is_installed(const Root& root, const std::string& release) {
  const auto status = root.status("/lib/modules/" + release);
  return status && status->type == FileType::directory;
}

}  // namespace

Result<void> HostPrograms::perform(const HostAction& action) const {
  const std::vector<std::string> program = action.command();
  const std::string command = join(program, " ");
  if (!action.release().empty() && !is_installed(root_, action.release()))
    return failure(ErrorKind::not_found, command, "no such kernel is installed");
  tell_("run " + command);
  const auto end = run_program(system_, program);
  if (!end) return std::unexpected(end.error());
  if (end->code == 0) return {};
  return failure(ErrorKind::io, command,
                 fmt::format("it ended with {}: {}", end->code, last_line(end->output)));
}

Result<void> LeftToDo::perform(const HostAction& action) const {
  tell_("left to do on that system: " + join(action.command(), " "));
  return {};
}

}  // namespace kmodsec
