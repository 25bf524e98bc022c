// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a shell offers when a user presses the tab key. The scripts in packaging/completions ask the
// program itself, so that they never fall behind it:
//
//   kmodsec __complete WORD...     the words after "kmodsec", the last of which is being typed
//
// The answer is a line for each word that may come next, with a tab and an explanation where there
// is one; ":files" stands for the names of files, which the shell knows better.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/help.hpp"
#include "cli/verb.hpp"

namespace kmodsec {

inline constexpr std::string_view complete_verb = "__complete";

/// A command line that is not finished.
struct TypedWords {
  std::vector<std::string> words;  ///< Without a "=" of their own, which bash makes one.
  std::string word;                ///< The last, which is being typed; it may be empty.
  std::string verb;                ///< Empty where none is named yet.
};

TypedWords typed_words(std::span<const char* const> words);

/// Never empty: at least the end of a line. `verb` is null where none is named.
std::string print_completions(const TypedWords& typed, const Verb* verb, const Declared& own,
                              const Declared& common);

}  // namespace kmodsec
