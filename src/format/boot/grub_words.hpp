// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// A piece of a word of GRUB's script: text as it is, or the name of a variable.
struct GrubPiece {
  std::string text;
  bool is_variable = false;
};
using GrubWord = std::vector<GrubPiece>;

struct GrubCommand {
  std::vector<GrubWord> words;
  std::size_t line = 0;  ///< From 1, where it begins.
};

/// What a variable may be set to: whoever does not run the script does not know which.
using GrubVariables = std::map<std::string, std::vector<std::string>, std::less<>>;

/// The commands of grub.cfg, ended by line breaks and semicolons; a brace that stands alone is a
/// command of its own. Quotes, backslashes, comments and `$name` or `${name}` are taken as by
/// GRUB's lexer (grub: grub-core/script/yylex.l).
std::vector<GrubCommand> parse_grub_commands(std::string_view text);

/// The text of a word without variables; empty for another.
std::string_view plain_text(const GrubWord& word);

/// The pieces of a text that is no script, such as a value of a loader entry, to which GRUB
/// applies variables.
GrubWord grub_word_of(std::string_view text);

/// Each text that the word may come to. A variable that nothing sets is empty, as in GRUB. Nothing
/// when there are more than `most_expansions`, or they are longer than any command line.
std::vector<std::string> expand_grub_word(const GrubWord& word, const GrubVariables& variables);

inline constexpr std::size_t most_expansions = 16;

}  // namespace kmodsec
