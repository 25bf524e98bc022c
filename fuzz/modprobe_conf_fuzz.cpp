// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "format/loading/modprobe_conf.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
  const LoadConfig config = parse_modprobe_conf(input, "x");
  for (const ConfigLine& line : config.lines) {
    require(line.line >= 1 && line.line <= lines);
    require(!line.name.empty() && line.name.find_first_of(" \t\n") == std::string::npos);
  }
  require(config.lines.size() + config.problems.size() <= lines);
}
