// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/modules/device_alias.hpp"

#include <algorithm>
#include <utility>

#include "model/host/module_name.hpp"

namespace kmodsec {

std::optional<DeviceAlias> parse_device_alias(std::string_view alias) {
  for (const auto& [start, kind] : {std::pair<std::string_view, char>{"char-major-", 'c'},
                                    std::pair<std::string_view, char>{"block-major-", 'b'}}) {
    if (!starts_as_alias(alias, start)) continue;
    const std::string_view numbers = alias.substr(start.size());
    const std::size_t dash = std::min(numbers.find_first_of("-_"), numbers.size());
    return DeviceAlias{kind, numbers.substr(0, dash),
                       numbers.substr(std::min(dash + 1, numbers.size()))};
  }
  return std::nullopt;
}

}  // namespace kmodsec
