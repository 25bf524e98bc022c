// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/image_requests.hpp"

#include <algorithm>

#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
  for (const auto& parse : {parse_conf_modules, parse_dracut_parameters, parse_mkinitcpio_config}) {
    const LoadConfig config = parse(input, "x");
    for (const LoadRequest& request : config.at_boot) {
      require(request.line >= 1 && request.line <= lines);
      require(request.name.find_first_of(" \t\n") == std::string::npos);
    }
    for (const ConfigLine& line : config.lines) require(line.line >= 1 && line.line <= lines);
    require(config.at_boot.size() + config.lines.size() <= input.size());
  }
}
