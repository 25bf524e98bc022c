// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/group_names.hpp"

#include <cstddef>

#include "base/text.hpp"

namespace kmodsec {

std::map<std::uint32_t, std::string> parse_group_names(std::string_view text) {
  std::map<std::uint32_t, std::string> names;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::size_t password = line.find(':');
    if (password == std::string_view::npos) return;
    const std::size_t number = line.find(':', password + 1);
    if (number == std::string_view::npos) return;
    const std::string_view rest = line.substr(number + 1);
    if (const auto gid = parse_number<std::uint32_t>(rest.substr(0, rest.find(':'))))
      names.try_emplace(*gid, utf8_text(line.substr(0, password)));
  });
  return names;
}

}  // namespace kmodsec
