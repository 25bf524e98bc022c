// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/style.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace kmodsec {

std::string wrap(std::string_view text, std::size_t indent, std::size_t width) {
  std::string wrapped;
  std::size_t column = indent;
  for (const std::string_view word : split_words(text)) {
    if (!wrapped.empty() && column + 1 + word.size() > width) {
      wrapped += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (!wrapped.empty()) {
      wrapped += ' ';
      ++column;
    }
    wrapped += word;
    column += word.size();
  }
  return wrapped;
}

std::string print_gaps(const std::vector<Unseen>& unseen, const Style& style) {
  std::string out;
  for (const Unseen& gap : unseen)
    out += fmt::format("{} {}: {}\n", style.warning("?"), printable(gap.what), printable(gap.why));
  return out;
}

}  // namespace kmodsec
