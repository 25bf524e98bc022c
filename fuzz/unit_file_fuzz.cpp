// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/unit_file.hpp"

#include <algorithm>

#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
  const auto options = bounded_modprobe_options(modprobe_options_of_file(input).value_or(""));
  for (const UnitSetting& setting : parse_unit_file(input)) {
    require(setting.line >= 1 && setting.line <= lines);
    const auto assigned = modprobe_options_of_setting(setting.value);
    require(!assigned || assigned->size() < setting.value.size());
    if (setting.effect != UnitEffect::runs) continue;
    for (const LoadRequest& request : load_commands_of(setting, "loop", options, "x").requests) {
      require(request.line == setting.line && !request.name.empty());
      require(request.name.find_first_of(" \t\n\"'") == std::string::npos);
    }
  }
}
