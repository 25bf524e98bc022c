// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/kernel_command_line.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace kmodsec {
namespace {

/// Blank to the kernel, whose table is Latin-1 (linux: lib/ctype.c).
constexpr std::string_view blanks = " \t\n\v\f\r\xa0";

struct Words {
  std::string_view text;
  bool quoted;  ///< It began with a quote, which `text` does not have.
};

Words take_parameter(std::string_view& text) {
  const bool quoted = text.starts_with('"');
  if (quoted) text.remove_prefix(1);
  bool in_quotes = quoted;
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    if (!in_quotes && blanks.find(text[end]) != std::string_view::npos) break;
    if (text[end] == '"') in_quotes = !in_quotes;
  }
  const std::string_view parameter = text.substr(0, end);
  text.remove_prefix(end);
  return {parameter, quoted};
}

KernelParameter parameter_of(Words words) {
  std::string_view text = words.text;
  const std::size_t equals = text.find('=', 1);
  const bool has_value = equals != std::string_view::npos;
  const bool value_is_quoted = has_value && text.substr(equals + 1).starts_with('"');
  if ((value_is_quoted || words.quoted) && text.ends_with('"')) text.remove_suffix(1);
  if (!has_value) return {.key = utf8_text(text)};
  const std::size_t begin = std::min(equals + (value_is_quoted ? 2 : 1), text.size());
  return {.key = utf8_text(text.substr(0, equals)),
          .value = utf8_text(text.substr(begin)),
          .has_value = true};
}

char with_underscore(char letter) { return letter == '-' ? '_' : letter; }

}  // namespace

std::vector<KernelParameter> parse_kernel_command_line(std::string_view text) {
  text = text.substr(0, text.find('\0'));
  std::vector<KernelParameter> parameters;
  bool for_init = false;
  while (!(text = text.substr(std::min(text.find_first_not_of(blanks), text.size()))).empty()) {
    KernelParameter parameter = parameter_of(take_parameter(text));
    if (!parameter.has_value && parameter.key == "--") {
      for_init = true;
      continue;
    }
    parameter.for_init = for_init;
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

bool is_kernel_parameter(std::string_view key, std::string_view name) {
  return std::ranges::equal(key, name, {}, with_underscore, with_underscore);
}

}  // namespace kmodsec
