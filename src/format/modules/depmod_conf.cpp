// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/depmod_conf.hpp"

#include <regex.h>

#include <algorithm>

#include "base/text.hpp"
#include "format/files/logical_line.hpp"

namespace kmodsec {
namespace {

/// Repetitions by count and references backwards take memory and time without bound.
bool is_cheap(std::string_view expression) {
  constexpr std::size_t longest = 128;
  return expression.size() <= longest && expression.find_first_of("{\\") == std::string_view::npos;
}

/// Words are parted by blanks and tabs alone.
std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    line.remove_prefix(std::min(line.find_first_not_of("\t "), line.size()));
    const std::string_view word = line.substr(0, line.find_first_of("\t "));
    if (!word.empty()) words.push_back(word);
    line.remove_prefix(word.size());
  }
  return words;
}

}  // namespace

std::vector<ExternalFolder> parse_depmod_conf(std::string_view text) {
  std::vector<ExternalFolder> folders;
  std::size_t number = 1;
  while (!text.empty()) {
    const LogicalLine line = take_logical_line(text, number);
    const std::vector<std::string_view> words = words_of(line.text);
    if (words.size() < 3 || words[0] != "external") continue;
    folders.push_back({std::string(words[1]), std::string(words[2])});
  }
  return folders;
}

bool is_for_kernel(const ExternalFolder& folder, const std::string& release) {
  if (folder.kernels == "*" || !is_cheap(folder.kernels)) return true;
  regex_t expression;
  if (::regcomp(&expression, folder.kernels.c_str(), REG_EXTENDED | REG_NOSUB) != 0) return false;
  const bool matches = ::regexec(&expression, release.c_str(), 0, nullptr, 0) == 0;
  ::regfree(&expression);
  return matches;
}

}  // namespace kmodsec
