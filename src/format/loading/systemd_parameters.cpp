// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/systemd_parameters.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "format/kernel/kernel_command_line.hpp"

namespace kmodsec {
namespace {

/// extract_first_word with EXTRACT_UNQUOTE, EXTRACT_RELAX and EXTRACT_RETAIN_ESCAPE: quotes go
/// wherever they are, and one that is not closed reaches to the end.
std::optional<std::string> next_parameter_word(std::string_view& text) {
  constexpr std::string_view blanks = " \t\n\r";
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  if (text.empty()) return std::nullopt;
  std::string word;
  char quote = 0;
  std::size_t place = 0;
  for (; place < text.size(); ++place) {
    const char letter = text[place];
    if (quote != 0) {
      if (letter == quote) {
        quote = 0;
      } else {
        word += letter;
      }
    } else if (letter == '"' || letter == '\'') {
      quote = letter;
    } else if (blanks.find(letter) != std::string_view::npos) {
      break;
    } else {
      word += letter;
    }
  }
  text.remove_prefix(place);
  return word;
}

}  // namespace

std::vector<LoadRequest> parse_systemd_load_parameters(std::string_view text,
                                                       const std::string& source,
                                                       bool in_initramfs) {
  constexpr std::string_view for_initramfs = "rd.";
  std::vector<LoadRequest> requests;
  text = text.substr(0, text.find('\0'));
  while (const auto word = next_parameter_word(text)) {
    const std::size_t equals = word->find('=');
    if (equals == std::string::npos) continue;
    std::string_view key = std::string_view(*word).substr(0, equals);
    if (key.starts_with(for_initramfs)) {
      if (!in_initramfs) continue;
      key.remove_prefix(for_initramfs.size());
    }
    if (!is_kernel_parameter(key, "modules_load")) continue;
    for (const std::string_view name : split(std::string_view(*word).substr(equals + 1), ','))
      requests.push_back({utf8_text(name), source, 1});
  }
  return requests;
}

}  // namespace kmodsec
