// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

namespace kmodsec {

struct Verb;

/// An option as its help shows it.
struct OptionHelp {
  std::string name;
  std::string type;  ///< What its value is called; empty for a flag.
  std::string text;
  std::vector<std::string> values;  ///< What it takes, where that is one of a few words.
};

/// What a command line may have: options, and words that are none.
struct Declared {
  std::vector<OptionHelp> options;
  std::string argument;              ///< What a word that is no option names: "MODULE".
  std::vector<std::string> actions;  ///< Of which the first of these words is one.
  std::map<std::string, std::string> action_arguments;  ///< What the words behind one name.
  std::string words;  ///< As a line of usage names them: "[MODULE...]".
  std::string words_text;
};

/// Every verb in its group, and the options that all of them share.
std::string print_overview(std::span<const Verb> verbs, const Declared& common);

/// One verb: its own options first, then of the common ones those that apply to it, and examples.
std::string print_verb_help(const Verb& verb, const Declared& own, const Declared& common);

}  // namespace kmodsec
