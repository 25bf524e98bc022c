// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/unit_file.hpp"

#include <algorithm>

#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
  for (const UnitSetting& setting : parse_unit_file(input)) {
    require(setting.line >= 1 && setting.line <= lines);
    if (setting.effect != UnitEffect::runs) continue;
    for (const LoadRequest& request : modprobe_requests(setting, "loop", "x")) {
      require(!request.name.empty());
      require(request.name.find_first_of(" \t\n\"'") == std::string::npos);
    }
  }
}
