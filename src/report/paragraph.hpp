// SPDX-License-Identifier: GPL-2.0-or-later
//
// Text that fits a terminal. What comes from a host goes through `printable` before it comes here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/style.hpp"

namespace kmodsec {

/// How many columns of a terminal a text takes: one for each character, none for an escape sequence
/// that paints.
std::size_t columns_of(std::string_view text);

/// The columns of the widest path, digest or id in a text, of those that are no wider than `most`:
/// who copies one wants it whole.
std::size_t widest_token(std::string_view text, std::size_t most);

/// What goes into so many columns of a text that has no escape sequences.
std::string first_columns(std::string_view text, std::size_t columns);

/// The text as one word, which no line break comes into: a command that is to be pasted. In a
/// sentence such a word needs no mark: it is 'kmodsec VERB ...' in quotes, or, behind a colon or
/// "then", what begins with kmodsec and ends before the next comma or semicolon.
std::string unbroken(std::string_view text);

/// A hanging indent: what each line begins with behind the first, the columns of a line, and the
/// column at which the first one starts.
struct Frame {
  std::size_t indent = 0;
  std::size_t width = usual_width;
  std::size_t column = 0;
  bool cuts_words =
      false;  ///< A word that is wider than a line is cut, behind a mark if it can be.
};

/// The text in a frame, without a newline at its end. It is broken at blanks alone, and only where
/// that makes room; other blanks stay, but for those at the end of a line. A colour ends with its
/// line and begins anew in the next.
std::string fill(std::string_view text, const Frame& frame);

/// The text as lines of the style's width, `indent` blanks before each but the first. The commands
/// that it offers are worded for the machine that the style is for.
std::string paragraph(std::string_view text, std::size_t indent, const Style& style);

/// The same as an item of a list: two blanks before the first line, four before the others.
std::string indented(std::string_view text, const Style& style);

/// The column of labels that several rows share.
struct LabelColumn {
  std::size_t indent = 0;
  std::size_t width = 0;  ///< With the blanks behind a label.
};

/// A row with its label, its further lines below the text. Both are safe for a terminal already.
std::string labelled(std::string_view label, std::string_view text, const LabelColumn& column,
                     const Style& style);

/// The words side by side, as many in a line as there is room for, each line with `indent` blanks
/// before it.
std::string words_in_lines(const std::vector<std::string>& words, std::size_t indent,
                           const Style& style);

}  // namespace kmodsec
