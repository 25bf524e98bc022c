// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// Of ASCII, whatever the locale.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The letters of ASCII; every other byte stays what it is.
std::string in_lower_case(std::string_view text);

std::string_view trim(std::string_view text);

/// The pieces between separators; empty pieces are left out.
std::vector<std::string_view> split(std::string_view text, char separator);

/// The pieces between runs of blanks and tabs.
std::vector<std::string_view> split_words(std::string_view text);

/// "1 module", "2 modules".
std::string count_of(std::size_t count, std::string_view one);

std::string join(const std::vector<std::string>& pieces, std::string_view separator);

/// "a, b and 3 more": at most so many of the pieces.
std::string first_few(const std::vector<std::string>& pieces, std::size_t most);

/// Calls `visit(line, number)` for each line, without its newline, counting from 1.
template <class Visit>
void for_each_line(std::string_view text, Visit visit) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    visit(text.substr(0, end), number);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

/// The whole text as a number; nothing when any part of it is not, or when it does not fit.
template <std::integral T>
std::optional<T> parse_number(std::string_view text, int base = 10) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string to_hex(std::string_view bytes);

/// Returns nothing when the text is not pairs of hexadecimal digits.
std::optional<std::string> from_hex(std::string_view hex);

/// Valid UTF-8 for any bytes: what is not UTF-8 becomes `\xNN`. All text in `Facts` went through
/// this once, so that a report can always be encoded as JSON.
std::string utf8_text(std::string_view bytes);

/// UTF-8 text made safe for a terminal: control characters, line breaks and the bidirectional
/// and invisible characters that could fake a line are shown as escapes.
std::string printable(std::string_view text);

/// The candidate nearest to `word` by edit distance, when one is near enough to be meant.
std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string>& candidates);

/// Orders versions and kernel releases as people do: runs of digits compare as numbers.
bool version_less(std::string_view left, std::string_view right);

}  // namespace kmodsec
