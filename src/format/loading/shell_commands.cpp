// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/shell_commands.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t deepest = 64;

bool is_quote(char letter) { return letter == '"' || letter == '\''; }

bool is_blank(char letter) { return letter == ' ' || letter == '\t' || letter == '\r'; }

bool parts_commands(char letter) {
  return letter == ';' || letter == '&' || letter == '|' || letter == '\n';
}

bool is_redirection(std::string_view word) {
  const std::size_t at = std::min(word.find_first_not_of("0123456789&"), word.size());
  return at < word.size() && (word[at] == '<' || word[at] == '>');
}

/// ">" and "2>>": the file is the next word.
bool lacks_file(std::string_view word) { return word.ends_with('>') || word.ends_with('<'); }

void leave_out_redirections(std::vector<std::string>& words) {
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_redirection(words[i])) {
      kept.push_back(std::move(words[i]));
    } else if (lacks_file(words[i])) {
      ++i;
    }
  }
  words = std::move(kept);
}

class CommandReader {
 public:
  CommandReader(std::string_view text, ShellText kind) : text_(text), kind_(kind) { begin(); }

  std::vector<ShellCommand> read() {
    while (place_ < text_.size()) {
      if (is_comment()) {
        skip_line();
      } else {
        take(text_[place_++]);
      }
    }
    for (ShellCommand& command : commands_) leave_out_redirections(command.words);
    std::erase_if(commands_, [](const ShellCommand& command) { return command.words.empty(); });
    return std::move(commands_);
  }

 private:
  /// Where a substitution or a group ends, and what goes on then.
  struct Frame {
    char end;
    std::size_t command;
    bool resumes;  ///< The word in which it is.
  };

  /// Only a whole line: whether quotes are open elsewhere is not known.
  bool is_comment() const {
    if (kind_ != ShellText::script || text_[place_] != '#' || in_word_) return false;
    std::size_t begin = place_;
    while (begin > 0 && is_blank(text_[begin - 1])) --begin;
    return begin == 0 || text_[begin - 1] == '\n';
  }

  void skip_line() { place_ = std::min(text_.find('\n', place_), text_.size()); }

  char next() const { return place_ < text_.size() ? text_[place_] : '\0'; }

  void take(char letter) {
    const bool is_of_redirection = letter == '&' && (last_ == '>' || last_ == '<' || next() == '>');
    last_ = letter;
    if (letter == '\\') return take_escaped();
    if (letter == '\n') ++line_;
    if (letter == '$' && next() == '(') return enter_substitution();
    if (letter == '`') return take_backtick();
    if (letter == '(') return group();
    if (letter == ')') return leave(')');
    if (parts_commands(letter) && !is_of_redirection) return begin();
    const bool redirects = letter == '>' || letter == '<' || (letter == '&' && next() == '>');
    if (redirects && !goes_before_redirection()) in_word_ = false;
    if (is_blank(letter)) {
      in_word_ = false;
    } else if (!is_quote(letter)) {
      add(letter);
    }
  }

  /// "2" of "2>", "&" of "&>", ">" of ">>". No longer word is looked at: each sign would do so.
  bool goes_before_redirection() const {
    constexpr std::size_t longest = 8;
    if (!in_word_) return false;
    const std::string& word = commands_[current_].words.back();
    return word.size() <= longest && word.find_first_not_of("0123456789&<>") == std::string::npos;
  }

  /// systemd and udev know `\x2d` as well; a line that ends so goes on, in a script even its last
  /// word (sh(1)).
  void take_escaped() {
    if (place_ >= text_.size()) return;
    const auto byte = text_[place_] == 'x' && kind_ == ShellText::command
                          ? from_hex(text_.substr(place_ + 1, 2))
                          : std::nullopt;
    if (byte && byte->size() == 1) {
      place_ += 3;
      return add(byte->front());
    }
    const char letter = text_[place_++];
    if (letter == '\n') {
      ++line_;
      if (kind_ != ShellText::script) in_word_ = false;
    } else if (!is_quote(letter)) {
      add(letter);
    }
  }

  void add(char letter) {
    std::vector<std::string>& words = commands_[current_].words;
    if (!in_word_) words.emplace_back();
    in_word_ = true;
    words.back() += letter;
  }

  void begin() {
    current_ = commands_.size();
    commands_.push_back({{}, line_});
    in_word_ = false;
  }

  /// A substitution stands in a word, which goes on behind it.
  void enter(char end) {
    add('$');
    if (frames_.size() < deepest) frames_.push_back({end, current_, true});
    begin();
  }

  void enter_substitution() {
    ++place_;
    enter(')');
  }

  void group() {
    if (frames_.size() < deepest) frames_.push_back({')', current_, false});
    begin();
  }

  void take_backtick() {
    if (!frames_.empty() && frames_.back().end == '`') return leave('`');
    enter('`');
  }

  void leave(char end) {
    if (frames_.empty() || frames_.back().end != end) return begin();
    const Frame frame = frames_.back();
    frames_.pop_back();
    if (!frame.resumes) return begin();
    current_ = frame.command;
    in_word_ = true;
  }

  std::string_view text_;
  ShellText kind_;
  std::vector<ShellCommand> commands_;
  std::vector<Frame> frames_;
  std::size_t place_ = 0;
  std::size_t current_ = 0;
  std::size_t line_ = 1;
  char last_ = '\0';
  bool in_word_ = false;
};

}  // namespace

std::vector<ShellCommand> shell_commands(std::string_view text, ShellText kind) {
  return CommandReader(text, kind).read();
}

}  // namespace kmodsec
