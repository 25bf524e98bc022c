// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kconfig.hpp"

#include <optional>
#include <vector>

#include "base/text.hpp"

namespace kmodsec {
namespace {

std::size_t indentation_of(std::string_view line) {
  constexpr std::size_t tab = 8;
  std::size_t width = 0;
  for (const char letter : line) {
    if (letter == '\t')
      width = (width / tab + 1) * tab;
    else if (letter == ' ')
      ++width;
    else
      break;
  }
  return width;
}

bool is_symbol(std::string_view word) {
  return !word.empty() && word.find_first_not_of(
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") ==
                              std::string_view::npos;
}

std::optional<KconfigType> type_named(std::string_view word) {
  if (word == "tristate" || word == "def_tristate") return KconfigType::tristate;
  if (word == "bool" || word == "def_bool") return KconfigType::boolean;
  return std::nullopt;
}

/// A help text is what stands deeper than its first line, however deep that is.
class HelpText {
 public:
  void starts() { state_ = State::before_first_line; }

  bool has(std::string_view line) {
    if (state_ == State::none || trim(line).empty()) return state_ != State::none;
    if (state_ == State::before_first_line) {
      indentation_ = indentation_of(line);
      state_ = indentation_ > 0 ? State::inside : State::none;
    } else if (indentation_of(line) < indentation_) {
      state_ = State::none;
    }
    return state_ == State::inside;
  }

 private:
  enum class State { none, before_first_line, inside };
  State state_ = State::none;
  std::size_t indentation_ = 0;
};

}  // namespace

std::unordered_map<std::string_view, KconfigType> parse_kconfig(std::string_view text) {
  std::unordered_map<std::string_view, KconfigType> symbols;
  std::string_view symbol;
  HelpText help;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    if (help.has(line)) return;
    const std::vector<std::string_view> words = split_words(line);
    if (words.empty()) return;
    if (words[0] == "help" || words[0] == "---help---") return help.starts();
    if (words[0] == "config" || words[0] == "menuconfig")
      symbol = words.size() > 1 && is_symbol(words[1]) ? words[1] : std::string_view();
    if (const auto type = type_named(words[0]); type && !symbol.empty())
      symbols.try_emplace(symbol, *type);
  });
  return symbols;
}

}  // namespace kmodsec
