// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/boot/grub_words.hpp"

#include <algorithm>
#include <utility>

namespace kmodsec {
namespace {

constexpr std::size_t longest_expansion = 64UL * 1024;

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

void add_text(GrubWord& word, std::string_view text) {
  if (word.empty() || word.back().is_variable) word.push_back({});
  word.back().text += text;
}

/// Behind a dollar sign: the name, which goes from the text. Empty where there is none.
std::string take_name(std::string_view text, std::size_t& at) {
  const bool in_braces = at < text.size() && text[at] == '{';
  const std::size_t start = at + (in_braces ? 1 : 0);
  std::size_t end = start;
  while (end < text.size() && is_name(text[end])) ++end;
  if (end == start || (in_braces && (end == text.size() || text[end] != '}'))) return {};
  at = in_braces ? end + 1 : end;
  return std::string(text.substr(start, end - start));
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<GrubCommand> run() {
    while (at_ < text_.size()) step();
    end_command();
    return std::move(commands_);
  }

 private:
  void step() {
    const char c = text_[at_];
    if (is_blank(c)) {
      end_word();
      ++at_;
    } else if (c == '\n' || c == ';') {
      end_command();
      line_ += c == '\n' ? 1 : 0;
      ++at_;
    } else if (text_.substr(at_, 2) == "\\\n") {
      at_ += 2;
      ++line_;
    } else if (c == '#' && !in_word_) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else {
      take_piece(c);
    }
  }

  void take_piece(char c) {
    if (!in_word_) begin_word();
    ++at_;
    if (c == '\'') return take_single_quoted();
    if (c == '"') return take_double_quoted();
    if (c == '\\') return take_escaped();
    if (c == '$') return take_variable();
    add_text(word_, {&c, 1});
    if (c == '{' && stands_alone()) end_command();
    if (c == '}' && stands_alone()) end_block();
  }

  void end_block() {
    const GrubWord brace = std::exchange(word_, {});
    in_word_ = false;
    end_command();
    begin_word();
    word_ = brace;
    end_command();
  }

  /// "{" ends a command; "}" ends a block.
  bool stands_alone() const {
    const bool ends =
        at_ == text_.size() || is_blank(text_[at_]) || text_[at_] == '\n' || text_[at_] == ';';
    return ends && word_.size() == 1 && word_.front().text.size() == 1;
  }

  void take_single_quoted() {
    const std::size_t end = std::min(text_.find('\'', at_), text_.size());
    const std::string_view quoted = text_.substr(at_, end - at_);
    line_ += static_cast<std::size_t>(std::ranges::count(quoted, '\n'));
    add_text(word_, quoted);
    at_ = std::min(end + 1, text_.size());
  }

  void take_double_quoted() {
    add_text(word_, {});
    while (at_ < text_.size() && text_[at_] != '"') {
      const char c = text_[at_++];
      if (c == '$') {
        take_variable();
      } else if (c == '\\' && at_ < text_.size() &&
                 std::string_view("\\\"$").contains(text_[at_])) {
        add_text(word_, text_.substr(at_++, 1));
      } else {
        line_ += c == '\n' ? 1 : 0;
        add_text(word_, {&c, 1});
      }
    }
    if (at_ < text_.size()) ++at_;
  }

  void take_escaped() {
    if (at_ < text_.size()) add_text(word_, text_.substr(at_++, 1));
  }

  void take_variable() {
    std::string name = take_name(text_, at_);
    if (name.empty())
      add_text(word_, "$");
    else
      word_.push_back({std::move(name), true});
  }

  void begin_word() {
    in_word_ = true;
    if (command_.words.empty()) command_.line = line_;
  }

  void end_word() {
    if (in_word_) command_.words.push_back(std::exchange(word_, {}));
    in_word_ = false;
  }

  void end_command() {
    end_word();
    if (!command_.words.empty()) commands_.push_back(std::exchange(command_, {}));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  bool in_word_ = false;
  GrubWord word_;
  GrubCommand command_;
  std::vector<GrubCommand> commands_;
};

}  // namespace

std::vector<GrubCommand> parse_grub_commands(std::string_view text) { return Lexer(text).run(); }

std::string_view plain_text(const GrubWord& word) {
  return word.size() == 1 && !word.front().is_variable ? std::string_view(word.front().text)
                                                       : std::string_view();
}

GrubWord grub_word_of(std::string_view text) {
  GrubWord word;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t dollar = std::min(text.find('$', at), text.size());
    if (dollar > at) add_text(word, text.substr(at, dollar - at));
    at = dollar;
    if (at == text.size()) break;
    std::string name = take_name(text, ++at);
    if (name.empty())
      add_text(word, "$");
    else
      word.push_back({std::move(name), true});
  }
  return word;
}

namespace {

/// Each text with each of the values behind it; false where they become too many, or too long.
bool append_each(const std::vector<std::string>& values, std::vector<std::string>& texts) {
  if (texts.size() * values.size() > most_expansions) return false;
  const std::vector<std::string> starts = values.size() > 1 ? texts : std::vector<std::string>{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) texts.insert(texts.end(), starts.begin(), starts.end());
    for (std::size_t at = i * starts.size(); at < texts.size(); ++at) {
      texts[at] += values[i];
      if (texts[at].size() > longest_expansion) return false;
    }
  }
  return true;
}

}  // namespace

std::vector<std::string> expand_grub_word(const GrubWord& word, const GrubVariables& variables) {
  std::vector<std::string> texts = {""};
  for (const GrubPiece& piece : word) {
    std::vector<std::string> values = {piece.text};
    if (piece.is_variable) {
      const auto found = variables.find(piece.text);
      if (found != variables.end() && found->second.empty()) return {};
      values = found == variables.end() ? std::vector<std::string>{""} : found->second;
    }
    if (!append_each(values, texts)) return {};
  }
  return texts;
}

}  // namespace kmodsec
