// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/udev_rules.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view blanks = " \t\r,";
/// What is longer is taken for the worst: each command of a rule gets them.
constexpr std::size_t most_of_options = 64;

/// "RUN{builtin}", "+=" and what stands in the quotes.
struct RuleToken {
  std::string_view key;
  std::string_view attribute;
  std::string_view operation;
  std::string value;
};

class RuleReader {
 public:
  explicit RuleReader(std::string_view rule) : rule_(rule) {}

  /// Nothing at the end, and where the rule is broken.
  std::optional<RuleToken> next() {
    skip(blanks);
    RuleToken token;
    token.key = take_until("{=!+-: \t\"");
    if (token.key.empty()) return std::nullopt;
    if (rule_.starts_with('{')) {
      rule_.remove_prefix(1);
      token.attribute = take_until("}");
      if (rule_.empty()) return std::nullopt;
      rule_.remove_prefix(1);
    }
    skip(" \t");
    token.operation = take_while("=!+-:");
    skip(" \t");
    auto value = take_quoted();
    if (token.operation.empty() || !value) return std::nullopt;
    token.value = std::move(*value);
    return token;
  }

 private:
  void skip(std::string_view letters) { take_while(letters); }

  std::string_view take_while(std::string_view letters) {
    return take(rule_.find_first_not_of(letters));
  }

  std::string_view take_until(std::string_view letters) {
    return take(rule_.find_first_of(letters));
  }

  std::string_view take(std::size_t end) {
    const std::string_view taken = rule_.substr(0, end);
    rule_.remove_prefix(taken.size());
    return taken;
  }

  /// Of `e"…"` the escapes stay, and whoever reads the command knows them.
  std::optional<std::string> take_quoted() {
    if (rule_.starts_with("e\"")) rule_.remove_prefix(1);
    if (!rule_.starts_with('"')) return std::nullopt;
    std::string value;
    for (std::size_t place = 1; place < rule_.size(); ++place) {
      const char letter = rule_[place];
      if (letter == '"') {
        rule_.remove_prefix(place + 1);
        return value;
      }
      const bool is_quote = letter == '\\' && place + 1 < rule_.size() && rule_[place + 1] == '"';
      if (is_quote) ++place;
      value += rule_[place];
    }
    return std::nullopt;
  }

  std::string_view rule_;
};

bool runs(const RuleToken& token) {
  const bool is_program = token.key == "RUN" || token.key == "PROGRAM" || token.key == "IMPORT";
  const bool is_of_file = token.attribute == "file" || token.attribute == "db" ||
                          token.attribute == "cmdline" || token.attribute == "parent";
  return is_program && !is_of_file && token.operation != "-=";
}

void read_rule(std::string_view rule, std::size_t line, std::vector<UdevCommand>& commands) {
  const std::size_t first = commands.size();
  RuleReader reader(rule);
  std::string options;
  while (auto token = reader.next()) {
    if (token->key == "ENV" && token->attribute == "MODPROBE_OPTIONS" &&
        token->operation.find_first_of("!") == std::string_view::npos && token->operation != "==")
      options = token->value;
    if (runs(*token))
      commands.push_back({std::move(token->value), token->attribute == "builtin", {}, line});
  }
  // Programs run once all rules were gone through.
  if (options.size() > most_of_options) options = "-i -C /dev/null";
  for (std::size_t i = first; i < commands.size(); ++i) commands[i].modprobe_options = options;
}

}  // namespace

std::vector<UdevCommand> parse_udev_rules(std::string_view text) {
  std::vector<UdevCommand> commands;
  std::string rule;
  std::size_t first = 0;
  for_each_line(text.substr(0, text.find('\0')), [&](std::string_view raw, std::size_t number) {
    const std::string_view line = trim(raw);
    if (line.starts_with('#')) return;
    if (rule.empty()) first = number;
    const bool goes_on = line.ends_with('\\');
    rule += line.substr(0, line.size() - (goes_on ? 1 : 0));
    if (goes_on) return;
    read_rule(rule, first, commands);
    rule.clear();
  });
  read_rule(rule, first, commands);
  return commands;
}

LoadCommands load_commands_of(const UdevCommand& command, const std::string& source) {
  LoadCommands found;
  const std::vector<ShellCommand> words = shell_commands(command.value, ShellText::command);
  if (!command.is_builtin) {
    found = load_commands(words, bounded_modprobe_options(command.modprobe_options), source);
  } else if (!words.empty() && words.front().words.size() > 2 && words.front().words[0] == "kmod" &&
             words.front().words[1] == "load") {
    for (const std::string& name : words.front().words) {
      const bool is_name =
          &name > &words.front().words[1] && name.find_first_of("$%{}") == std::string::npos;
      if (is_name) found.requests.push_back({.name = utf8_text(name), .source = source});
    }
  }
  for (LoadRequest& request : found.requests) request.line = command.line;
  for (std::size_t& line : found.unclear) line = command.line;
  return found;
}

}  // namespace kmodsec
