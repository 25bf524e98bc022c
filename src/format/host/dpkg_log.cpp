// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/dpkg_log.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::array<std::string_view, 4> actions = {"install", "upgrade", "remove", "purge"};

/// "<none>" stands for no version.
std::string version(std::string_view word) {
  return word == "<none>" ? std::string{} : utf8_text(word);
}

bool is_time(std::string_view date, std::string_view time) {
  const auto looks_like = [](std::string_view text, std::string_view pattern) {
    return std::ranges::equal(text, pattern, [](char c, char wanted) {
      return wanted == '0' ? c >= '0' && c <= '9' : c == wanted;
    });
  };
  return looks_like(date, "0000-00-00") && looks_like(time, "00:00:00");
}

}  // namespace

std::vector<DpkgLogLine> parse_dpkg_log(std::string_view text) {
  constexpr std::size_t words_of_a_line = 6;
  std::vector<DpkgLogLine> lines;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::vector<std::string_view> words = split_words(line);
    if (words.size() != words_of_a_line || !is_time(words[0], words[1])) return;
    if (std::ranges::find(actions, words[2]) == actions.end()) return;
    lines.push_back({std::string(words[0]) + " " + std::string(words[1]), std::string(words[2]),
                     utf8_text(words[3].substr(0, words[3].find(':'))), version(words[4]),
                     version(words[5])});
  });
  return lines;
}

}  // namespace kmodsec
