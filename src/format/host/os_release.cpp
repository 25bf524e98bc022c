// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/os_release.hpp"

#include <string>

#include "base/text.hpp"

namespace kmodsec {
namespace {

std::string unquoted(std::string_view value) {
  value = trim(value);
  const bool is_quoted = value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
                         value.back() == value.front();
  return utf8_text(is_quoted ? value.substr(1, value.size() - 2) : value);
}

}  // namespace

Distribution parse_os_release(std::string_view text) {
  Distribution distribution;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return;
    const std::string_view key = trim(line.substr(0, equals));
    const std::string value = unquoted(line.substr(equals + 1));
    if (key == "ID") distribution.id = value;
    if (key == "PRETTY_NAME") distribution.name = value;
    if (key != "ID_LIKE") return;
    for (const std::string_view like : split_words(value)) distribution.id_like.emplace_back(like);
  });
  return distribution;
}

}  // namespace kmodsec
