// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/install_command.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 5> programs_that_fail = {"/bin/false", "/usr/bin/false",
                                                                "false", "exit 1", "/sbin/false"};
constexpr std::array<std::string_view, 6> programs_that_pretend = {
    "/bin/true", "/usr/bin/true", "true", "exit 0", ":", "/sbin/true"};

bool is_plain(std::string_view word) {
  return word.find_first_of("|&;<>()$`\\\"'") == std::string_view::npos;
}

/// The words before a comment; nothing when the shell would do more than run one program.
std::vector<std::string_view> plain_words(std::string_view command) {
  std::vector<std::string_view> words;
  for (const std::string_view word : split_words(command)) {
    if (word.starts_with('#')) break;
    if (!is_plain(word)) return {};
    words.push_back(word);
  }
  return words;
}

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& programs, std::string_view program) {
  return std::ranges::find(programs, program) != programs.end();
}

}  // namespace

CommandEffect effect_of_command(std::string_view command) {
  const std::vector<std::string_view> words = plain_words(command);
  if (words.empty()) return CommandEffect::unknown;
  std::string program(words[0]);
  if (program == "exit" && words.size() == 2) program += " " + std::string(words[1]);
  if (is_one_of(programs_that_fail, program)) return CommandEffect::fails;
  if (is_one_of(programs_that_pretend, program)) return CommandEffect::pretends;
  return CommandEffect::unknown;
}

}  // namespace kmodsec
