// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/loading/shell_words.hpp"

#include "base/text.hpp"

namespace kmodsec {
namespace {

bool is_plain(std::string_view word) {
  return word.find_first_of("|&;<>()$`\\\"'{}\n") == std::string_view::npos;
}

/// What a shell would not take for the name of a program as it stands.
bool is_program(std::string_view word) {
  return word.find_first_of("*?[]=~!") == std::string_view::npos;
}

}  // namespace

std::vector<std::string_view> plain_shell_words(std::string_view command) {
  std::vector<std::string_view> words;
  for (const std::string_view word : split_words(command)) {
    if (word.starts_with('#')) break;
    if (!is_plain(word) || (words.empty() && !is_program(word))) return {};
    words.push_back(word);
  }
  return words;
}

bool is_empty_command(std::string_view command) {
  const std::vector<std::string_view> words = split_words(command);
  return words.empty() || words.front().starts_with('#');
}

}  // namespace kmodsec
