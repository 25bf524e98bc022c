// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/module_parameters.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 2> parameters_of_all = {"async_probe", "dyndbg"};

std::string name_of(std::string_view word) {
  std::string bare;
  for (const char c : word.substr(0, word.find('='))) {
    if (c != '"') bare += c;
  }
  return normalized_module_name(bare);
}

bool is_blank(char c) { return std::string_view(" \t\n\v\f\r").find(c) != std::string_view::npos; }

std::string quoted_value(const std::string& word) {
  const std::size_t equals = word.find('=');
  const bool is_plain = std::ranges::none_of(word, is_blank) || word.find('"') != std::string::npos;
  if (is_plain || equals == std::string::npos) return word;
  return word.substr(0, equals + 1) + '"' + word.substr(equals + 1) + '"';
}

}  // namespace

std::vector<ParameterWord> parameter_words(std::string_view options) {
  std::vector<ParameterWord> words;
  std::string word;
  bool quoted = false;
  const auto take = [&] {
    if (!word.empty()) words.push_back({word, name_of(word)});
    word.clear();
  };
  for (const char c : options) {
    if (c == '"') quoted = !quoted;
    if (!quoted && is_blank(c)) {
      take();
    } else {
      word += c;
    }
  }
  take();
  return words;
}

std::string joined_parameters(const std::vector<std::string>& words) {
  std::vector<std::string> quoted;
  for (const std::string& word : words) quoted.push_back(quoted_value(word));
  return join(quoted, " ");
}

std::set<std::string> parameters_of(const std::vector<InfoField>& info) {
  std::set<std::string> names;
  for (const std::string_view key : {"parm", "parmtype"}) {
    for (const std::string& value : info_values(info, key))
      names.insert(normalized_module_name(value.substr(0, value.find(':'))));
  }
  return names;
}

bool is_parameter_of_all(std::string_view name) {
  return std::ranges::find(parameters_of_all, name) != parameters_of_all.end();
}

}  // namespace kmodsec
