// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/net_protocols.hpp"

#include "base/text.hpp"

namespace kmodsec {

std::vector<NetProtocol> parse_net_protocols(std::string_view text) {
  constexpr std::size_t sockets_field = 2;
  constexpr std::size_t module_field = 7;
  std::vector<NetProtocol> protocols;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::vector<std::string_view> words = split_words(line);
    if (words.size() <= module_field) return;
    const auto sockets = parse_number<std::int64_t>(words[sockets_field]);
    if (sockets)
      protocols.push_back({utf8_text(words[0]), utf8_text(words[module_field]), *sockets});
  });
  return protocols;
}

}  // namespace kmodsec
