// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "format/loading/busybox_conf.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  constexpr std::size_t longest_name = 63;
  const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
  const BusyboxConf conf = parse_busybox_conf(input, "x");
  require(conf.lines.size() + conf.includes.size() <= lines);
  for (const ConfigLine& line : conf.lines) {
    require(line.line >= 1 && line.line <= lines);
    require(line.name.find_first_of(" \t\n.#") == std::string::npos);
    require(line.name.size() <= longest_name * 3);
  }
}
