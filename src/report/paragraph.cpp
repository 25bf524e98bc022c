// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/paragraph.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view end_of_colour = "\033[0m";

/// Begin a command within a sentence.
constexpr std::string_view quoted_command = "'kmodsec ";
constexpr std::string_view bare_command = "kmodsec ";
constexpr std::size_t longest_command = 400;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

/// Of UTF-8: the bytes of a character behind its first.
bool goes_on(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

/// The escape sequence that the text begins with; empty where it begins with none.
std::string_view escape_at_start(std::string_view text) {
  if (!text.starts_with("\033[")) return {};
  const std::size_t end = text.find('m');
  return end == std::string_view::npos ? std::string_view{} : text.substr(0, end + 1);
}

/// The quoted command that the text begins with; empty where it begins with none.
std::string_view quoted_at_start(std::string_view text) {
  if (!text.starts_with(quoted_command)) return {};
  const std::size_t end = text.substr(0, longest_command).find('\'', 1);
  return end == std::string_view::npos ? std::string_view{} : text.substr(0, end + 1);
}

/// The same of one that no quotes tell from the rest.
std::string_view bare_at_start(std::string_view text) {
  if (!text.starts_with(bare_command)) return {};
  const std::string_view command = text.substr(
      0, std::min(text.substr(0, longest_command).find_first_of(",;\033"), text.size()));
  return command.size() < longest_command ? command : std::string_view{};
}

/// A word with what is before it.
struct Word {
  std::size_t blanks = 0;
  std::string colours;  ///< Escape sequences among the blanks.
  std::string text;
  std::size_t columns = 0;
};

class WordReader {
 public:
  explicit WordReader(std::string_view text) : text_(text) {}

  std::vector<Word> read() {
    while (!text_.empty()) step();
    end_word();
    return std::move(words_);
  }

 private:
  void step() {
    if (const std::string_view escape = escape_at_start(text_); !escape.empty()) {
      (word_.text.empty() ? word_.colours : word_.text) += take(escape.size());
    } else if (const std::string_view command = command_here(); !command.empty()) {
      word_.columns += columns_of(command);
      word_.text += take(command.size());
    } else if (is_blank(text_.front())) {
      if (!word_.text.empty()) end_word();
      ++word_.blanks;
      text_.remove_prefix(1);
    } else {
      character();
    }
  }

  std::string_view command_here() const {
    const bool may_be_bare = word_.text.empty() && !words_.empty() &&
                             (words_.back().text.ends_with(':') || words_.back().text == "then");
    return may_be_bare && text_.front() == 'k' ? bare_at_start(text_) : quoted_at_start(text_);
  }

  void character() {
    const char c = text_.front();
    if (!goes_on(c)) ++word_.columns;
    word_.text += c == blank_in_word ? ' ' : c;
    text_.remove_prefix(1);
  }

  std::string_view take(std::size_t length) {
    const std::string_view taken = text_.substr(0, length);
    text_.remove_prefix(length);
    return taken;
  }

  void end_word() {
    words_.push_back(std::move(word_));
    word_ = {};
  }

  std::string_view text_;
  Word word_;
  std::vector<Word> words_;
};

std::string without_escapes(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const std::string_view escape = escape_at_start(text);
    if (escape.empty()) plain += text.front();
    text.remove_prefix(std::max<std::size_t>(escape.size(), 1));
  }
  return plain;
}

/// A path, or hex digits as of a digest or the id of a key, with what follows it in a sentence.
bool is_token(std::string_view word) {
  constexpr std::size_t least_of_digits = 16;
  if (word.starts_with('/')) return true;
  const std::size_t digits = word.find_first_not_of("0123456789abcdefABCDEF");
  return std::min(digits, word.size()) >= least_of_digits;
}

/// How much of a word goes into so many columns: up to behind its last mark, where that is not too
/// early, else as many characters as fit.
std::size_t length_of_cut(std::string_view word, std::size_t columns) {
  constexpr std::string_view marks = "-_/.,:";
  std::size_t used = 0;
  std::size_t behind_mark = 0;
  for (std::size_t at = 0; at < word.size();) {
    const std::string_view escape = escape_at_start(word.substr(at));
    if (!escape.empty()) {
      at += escape.size();
      continue;
    }
    if (used == columns) return behind_mark > at / 3 ? behind_mark : at;
    std::size_t end = at + 1;
    while (end < word.size() && goes_on(word[end])) ++end;
    if (marks.find(word[at]) != std::string_view::npos) behind_mark = end;
    at = end;
    ++used;
  }
  return word.size();
}

class Filler {
 public:
  explicit Filler(const Frame& frame) : frame_(frame), column_(frame.column) {}

  void add(const Word& word) {
    if (word.columns == 0) return paint(word.colours + word.text);
    const std::size_t start = column_ + word.blanks;
    const bool fits = start + word.columns <= frame_.width;
    if (!fits && line_has_text_ && word.blanks > 0 && start > frame_.indent) {
      begin_line(word.colours);
    } else {
      paint(word.colours);
      out_.append(word.blanks, ' ');
      column_ = start;
    }
    text(word.text, word.columns);
  }

  std::string take() { return std::move(out_); }

 private:
  void text(std::string_view word, std::size_t columns) {
    while (frame_.cuts_words && column_ + columns > frame_.width && column_ < frame_.width) {
      const std::size_t length = length_of_cut(word, frame_.width - column_);
      paint(word.substr(0, length));
      columns -= columns_of(word.substr(0, length));
      word.remove_prefix(length);
      begin_line({});
    }
    paint(word);
    column_ += columns;
    line_has_text_ = true;
  }

  /// Puts out what may have escape sequences, and knows afterwards which of them still hold.
  void paint(std::string_view text) {
    out_ += text;
    follow(text);
  }

  void follow(std::string_view text) {
    for (std::size_t at = text.find('\033'); at != std::string_view::npos;
         at = text.find('\033', at + 1)) {
      const std::string_view escape = escape_at_start(text.substr(at));
      if (escape == end_of_colour)
        colour_.clear();
      else
        colour_ += escape;
    }
  }

  void begin_line(std::string_view colours) {
    if (!colour_.empty()) out_ += end_of_colour;
    out_ += '\n';
    out_.append(frame_.indent, ' ');
    follow(colours);
    out_ += colour_;
    column_ = frame_.indent;
    line_has_text_ = false;
  }

  const Frame& frame_;
  std::size_t column_;
  bool line_has_text_ = false;
  std::string colour_;
  std::string out_;
};

}  // namespace

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const std::string_view escape = escape_at_start(text);
    if (escape.empty() && !goes_on(text.front())) ++columns;
    text.remove_prefix(std::max<std::size_t>(escape.size(), 1));
  }
  return columns;
}

std::size_t widest_token(std::string_view text, std::size_t most) {
  std::size_t widest = 0;
  for (const Word& word : WordReader(text).read()) {
    if (word.columns > widest && word.columns <= most && is_token(without_escapes(word.text)))
      widest = word.columns;
  }
  return widest;
}

std::string first_columns(std::string_view text, std::size_t columns) {
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    if (!goes_on(text[end]) && columns-- == 0) break;
  }
  return std::string(text.substr(0, end));
}

std::string unbroken(std::string_view text) {
  std::string word(text);
  std::ranges::replace(word, ' ', blank_in_word);
  return word;
}

std::string fill(std::string_view text, const Frame& frame) {
  Filler filler(frame);
  for (const Word& word : WordReader(text).read()) filler.add(word);
  return filler.take();
}

std::string paragraph(std::string_view text, std::size_t indent, const Style& style) {
  return fill(offered_for(text, style.machine()), {.indent = indent, .width = style.width()}) +
         "\n";
}

std::string indented(std::string_view text, const Style& style) {
  return paragraph(fmt::format("  {}", text), 4, style);
}

std::string labelled(std::string_view label, std::string_view text, const LabelColumn& column,
                     const Style& style) {
  const std::size_t used = columns_of(label);
  std::string row(column.indent, ' ');
  row += label;
  row.append(column.width - std::min(column.width, used), ' ');
  return paragraph(row.append(text), column.indent + column.width, style);
}

std::string words_in_lines(const std::vector<std::string>& words, std::size_t indent,
                           const Style& style) {
  return paragraph(std::string(indent, ' ') + join(words, " "), indent, style);
}

}  // namespace kmodsec
