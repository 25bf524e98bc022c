// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/logical_line.hpp"

#include <algorithm>

namespace kmodsec {

LogicalLine take_logical_line(std::string_view& text, std::size_t& number) {
  LogicalLine line{{}, number, false};
  while (!text.empty()) {
    char c = text.front();
    text.remove_prefix(1);
    if (c == '\n') {
      ++number;
      break;
    }
    if (c == '\\') {
      line.ends_in_backslash = text.empty();
      if (text.empty()) break;
      c = text.front();
      text.remove_prefix(1);
      if (c == '\n') {
        ++number;
        continue;
      }
    }
    line.text += c;
  }
  line.text.resize(std::min(line.text.find('\0'), line.text.size()));
  return line;
}

}  // namespace kmodsec
