// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/suggestions.hpp"

#include <vector>

#include "base/text.hpp"
#include "cli/verb.hpp"

namespace kmodsec {
namespace {

std::vector<std::string> verb_names() {
  std::vector<std::string> names;
  for (const Verb& verb : all_verbs()) names.emplace_back(verb.name);
  return names;
}

}  // namespace

Error unknown_verb(const std::string& name) {
  const auto hint = nearest(name, verb_names());
  return {ErrorKind::usage, name,
          "unknown verb; " + (hint ? "did you mean " + *hint + "?" : "see 'kmodsec --help'")};
}

Error unknown_option(const std::string& name, const Declared& own, const Declared& common) {
  std::vector<std::string> known;
  for (const Declared* declared : {&own, &common}) {
    for (const OptionHelp& option : declared->options) known.push_back(option.name);
  }
  const auto hint = nearest(name.substr(0, name.find('=')), known);
  return {ErrorKind::usage, name,
          "unknown option; " + (hint ? "did you mean " + *hint + "?" : "see 'kmodsec --help'")};
}

}  // namespace kmodsec
