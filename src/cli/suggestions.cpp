// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/suggestions.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/verb.hpp"

namespace kmodsec {
namespace {

std::vector<std::string> verb_names() {
  std::vector<std::string> names = {"help"};
  for (const Verb& verb : all_verbs()) names.emplace_back(verb.name);
  return names;
}

std::string shown(const std::string& word) { return word.empty() ? "''" : word; }

}  // namespace

Error unknown_verb(const std::string& name) {
  const auto hint = nearest(name, verb_names());
  return {ErrorKind::usage, shown(name),
          "unknown verb; " + (hint ? "did you mean " + *hint + "?" : "see 'kmodsec help'")};
}

Error unknown_option(const std::string& name, const std::string& verb, const Declared& own,
                     const Declared& common) {
  std::vector<std::string> known;
  for (const Declared* declared : {&own, &common}) {
    for (const OptionHelp& option : declared->options) known.push_back(option.name);
  }
  const auto hint = nearest(name.substr(0, name.find('=')), known);
  return {ErrorKind::usage, name,
          "unknown option; " + (hint           ? "did you mean " + *hint + "?"
                                : verb.empty() ? "see 'kmodsec help'"
                                               : fmt::format("see 'kmodsec help {}'", verb))};
}

Result<void> one_of(const std::string& subject, const std::string& word,
                    const std::vector<std::string>& words) {
  if (std::ranges::find(words, word) != words.end()) return {};
  const auto hint = nearest(word, words);
  return failure(ErrorKind::usage, subject,
                 fmt::format("{} is not one of {}{}", shown(word), join(words, ", "),
                             hint ? "; did you mean " + *hint + "?" : ""));
}

}  // namespace kmodsec
