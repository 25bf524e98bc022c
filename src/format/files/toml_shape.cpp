// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/toml_shape.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include <fmt/format.h>

namespace kmodsec {
namespace {

/// Outside of texts. A key of ours has one dot; a moment in time has one.
constexpr std::size_t most_dots_in_a_line = 8;
constexpr std::size_t deepest_table = 8;

/// Takes strings and comments out by the rules of TOML 1.0, so that what is left is keys, brackets
/// and numbers. A document that breaks these rules is refused by toml++ at the same place.
class Shape {
 public:
  explicit Shape(std::string_view text) : text_(text) {}

  Result<void> judge() {
    while (at_ < text_.size()) {
      take(text_[at_]);
      if (dots_ > most_dots_in_a_line) return wrong("a key with too many parts");
      if (depth_ > deepest_table) return wrong("lists inside of lists");
    }
    return {};
  }

 private:
  void take(char c) {
    if (c == '"' || c == '\'') return skip_text(c);
    if (c == '#') return skip_to(text_.find('\n', at_));
    if (c == '\n') begin_line();
    if (c == '.') ++dots_;
    if (c == '[' || c == '{') ++depth_;
    if ((c == ']' || c == '}') && depth_ > 0) --depth_;
    ++at_;
  }

  void begin_line() {
    ++line_;
    dots_ = 0;
  }

  void skip_text(char quote) {
    const std::string three(3, quote);
    const bool has_lines = text_.substr(at_).starts_with(three);
    at_ += has_lines ? 3 : 1;
    while (at_ < text_.size()) {
      if (text_[at_] == '\n' && !has_lines) return;
      if (has_lines ? text_.substr(at_).starts_with(three) : text_[at_] == quote)
        return skip_end(quote, has_lines);
      if (text_[at_] == '\\' && quote == '"') ++at_;
      if (at_ < text_.size() && text_[at_] == '\n') begin_line();
      ++at_;
    }
  }

  /// Behind three quotes up to two more are part of the text.
  void skip_end(char quote, bool has_lines) {
    at_ += has_lines ? 3 : 1;
    for (int more = 0; has_lines && more < 2 && at_ < text_.size() && text_[at_] == quote; ++more)
      ++at_;
  }

  void skip_to(std::size_t place) { at_ = std::min(place, text_.size()); }

  std::unexpected<Error> wrong(std::string_view what) const {
    return failure(ErrorKind::malformed, "", fmt::format("line {}: {}", line_, what));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t dots_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace

Result<void> is_flat_toml(std::string_view text) { return Shape(text).judge(); }

}  // namespace kmodsec
