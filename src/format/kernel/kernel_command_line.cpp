// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/kernel_command_line.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace kmodsec {
namespace {

std::string_view take_parameter(std::string_view& text) {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    if (text[end] == '"') quoted = !quoted;
    if (!quoted && (text[end] == ' ' || text[end] == '\t' || text[end] == '\n')) break;
  }
  const std::string_view parameter = text.substr(0, end);
  text.remove_prefix(end);
  return parameter;
}

std::string without_quotes(std::string_view text) {
  std::string plain(text);
  std::erase(plain, '"');
  return utf8_text(plain);
}

}  // namespace

std::vector<KernelParameter> parse_kernel_command_line(std::string_view text) {
  std::vector<KernelParameter> parameters;
  while (!(text = text.substr(std::min(text.find_first_not_of(" \t\n"), text.size()))).empty()) {
    const std::string_view parameter = take_parameter(text);
    const std::size_t equals = parameter.find('=');
    const bool has_value = equals != std::string_view::npos;
    parameters.push_back(
        {without_quotes(parameter.substr(0, equals)),
         has_value ? without_quotes(parameter.substr(equals + 1)) : std::string{}});
  }
  return parameters;
}

}  // namespace kmodsec
