// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/udev_rules.hpp"

#include <algorithm>

#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
  std::size_t bytes = 0;
  for (const UdevCommand& command : parse_udev_rules(input)) {
    require(command.line >= 1 && command.line <= lines);
    bytes += command.value.size();
    for (const LoadRequest& request : load_commands_of(command, "x").requests)
      require(request.line == command.line && !request.name.empty());
  }
  require(bytes <= input.size());
}
