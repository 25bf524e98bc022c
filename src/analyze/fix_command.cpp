// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/fix_command.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace kmodsec {
namespace {

constexpr std::string_view place_of_subjects = "{}";
constexpr std::size_t most_subjects = 5;

bool is_plain(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
}

bool is_word(std::string_view text) {
  return !text.empty() && text.front() != '-' && std::ranges::all_of(text, is_plain);
}

/// Nothing where there are none, or more than a line of a command has room for.
std::string words_of(const std::vector<Finding>& findings) {
  std::set<std::string_view> words;
  for (const Finding& finding : findings) {
    if (is_word(finding.subject)) words.insert(finding.subject);
  }
  std::string text;
  if (words.size() > most_subjects) return text;
  for (const std::string_view word : words) text += (text.empty() ? "" : " ") + std::string(word);
  return text;
}

}  // namespace

std::string fix_command(const CheckResult& result) {
  const std::string explained = "kmodsec explain " + std::string(result.check->id);
  std::string command(result.check->command);
  if (command.empty()) return explained;
  const std::size_t place = command.find(place_of_subjects);
  if (place == std::string::npos) return command;
  const std::string words = words_of(result.verdict.findings);
  return words.empty() ? explained : command.replace(place, place_of_subjects.size(), words);
}

}  // namespace kmodsec
