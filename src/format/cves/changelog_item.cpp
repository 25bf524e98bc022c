// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/changelog_item.hpp"

#include <array>
#include <cstddef>
#include <optional>

#include "base/text.hpp"

namespace kmodsec {
namespace {

/// A word with the quotation mark behind it, without its first letter, which is of either case.
constexpr std::string_view revert_word = "evert \"";
constexpr std::string_view reapply_word = "eapply \"";

struct TurningWord {
  std::size_t at = 0;
  std::size_t size = 0;
  bool is_revert = false;
};

bool begins_with(std::string_view text, std::string_view word) {
  return text.size() > word.size() && (text[0] == 'R' || text[0] == 'r') &&
         text.substr(1).starts_with(word);
}

/// The first 'Revert "' or 'Reapply "' of the text.
std::optional<TurningWord> turning_word(std::string_view text) {
  for (std::size_t quote = text.find('"'); quote != std::string_view::npos;
       quote = text.find('"', quote + 1)) {
    for (const std::string_view word : {revert_word, reapply_word}) {
      if (quote < word.size()) continue;
      const std::size_t at = quote - word.size();
      const bool is_word = at == 0 || text[at - 1] == ' ' || text[at - 1] == '"';
      if (is_word && begins_with(text.substr(at), word))
        return TurningWord{at, word.size() + 1, word == revert_word};
    }
  }
  return std::nullopt;
}

/// Where the last group begins when the text ends with one: the place of its space, or npos.
std::size_t start_of_last_group(std::string_view text) {
  constexpr std::array<std::string_view, 3> groups = {"()", "[]", "{}"};
  for (const std::string_view group : groups) {
    if (!text.ends_with(group[1])) continue;
    const std::size_t open = text.rfind(group[0]);
    const bool is_apart = open != std::string_view::npos && open > 0 && text[open - 1] == ' ';
    return is_apart ? open - 1 : std::string_view::npos;
  }
  return std::string_view::npos;
}

std::string_view without_architectures(std::string_view title) {
  while (title.starts_with('[')) {
    const std::size_t end = title.find(']');
    if (end == std::string_view::npos) break;
    title = trim(title.substr(end + 1));
  }
  return title;
}

}  // namespace

std::string_view commit_title(std::string_view item) {
  std::string_view title = without_architectures(trim(item));
  if (title.ends_with(").")) title.remove_suffix(1);
  for (std::size_t end = start_of_last_group(title); end != std::string_view::npos;
       end = start_of_last_group(title))
    title = trim(title.substr(0, end));
  if (title.ends_with('.')) title.remove_suffix(1);
  return title;
}

ChangelogTitle read_title(std::string_view title) {
  ChangelogTitle read{.commit = title, .prefix = {}};
  for (auto word = turning_word(read.commit); word; word = turning_word(read.commit)) {
    if (!read.names_another) read.prefix = read.commit.substr(0, word->at);
    read.names_another = true;
    if (word->is_revert) read.is_revert = !read.is_revert;
    read.commit.remove_prefix(word->at + word->size);
    read.commit = read.commit.substr(0, read.commit.rfind('"'));
  }
  if (read.names_another) read.commit = commit_title(read.commit);
  return read;
}

}  // namespace kmodsec
