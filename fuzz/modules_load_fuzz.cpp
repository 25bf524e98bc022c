// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "format/loading/modules_load.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
  for (const auto& parse : {parse_modules_load, parse_module_lines, parse_openrc_modules,
                            parse_script_load_parameters}) {
    const LoadConfig config = parse(input, "x");
    for (const LoadRequest& request : config.at_boot)
      require(request.line >= 1 && request.line <= lines);
    require(config.at_boot.size() + config.problems.size() <= input.size());
  }
  const LoadConfig config = parse_modules_load(input, "x");
  for (const LoadRequest& request : config.at_boot)
    require(request.name.find_first_of(" \t\n") == std::string::npos);
  require(config.at_boot.size() + config.problems.size() <= lines);
}
