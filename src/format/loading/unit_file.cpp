// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/unit_file.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.hpp"

namespace kmodsec {
namespace {

struct Key {
  std::string_view name;
  UnitEffect effect;
};

constexpr std::array keys = {Key{"Wants", UnitEffect::starts},
                             Key{"Requires", UnitEffect::starts},
                             Key{"BindsTo", UnitEffect::starts},
                             Key{"Requisite", UnitEffect::starts},
                             Key{"Upholds", UnitEffect::starts},
                             Key{"Service", UnitEffect::activates},
                             Key{"Unit", UnitEffect::activates},
                             Key{"ExecStart", UnitEffect::runs},
                             Key{"ExecStartPre", UnitEffect::runs},
                             Key{"ExecStartPost", UnitEffect::runs},
                             Key{"ExecCondition", UnitEffect::runs},
                             Key{"Environment", UnitEffect::sets},
                             Key{"EnvironmentFile", UnitEffect::reads},
                             Key{"UnsetEnvironment", UnitEffect::unsets},
                             Key{"DefaultEnvironment", UnitEffect::sets_for_all}};

constexpr std::string_view options_variable = "MODPROBE_OPTIONS";

/// Takes the next line with what continues it.
class UnitLines {
 public:
  explicit UnitLines(std::string_view text) : text_(text) {}

  std::optional<std::pair<std::string, std::size_t>> next() {
    std::string whole;
    std::size_t first = 0;
    while (!text_.empty()) {
      const std::string_view line = trim(take());
      if (line.starts_with('#') || line.starts_with(';')) continue;
      if (line.empty() && whole.empty()) continue;
      if (first == 0) first = number_;
      const bool goes_on = line.ends_with('\\');
      whole += line.substr(0, line.size() - (goes_on ? 1 : 0));
      if (!goes_on) return std::pair(std::move(whole), first);
      whole += ' ';
    }
    return whole.empty() ? std::nullopt : std::optional(std::pair(std::move(whole), first));
  }

 private:
  std::string_view take() {
    const std::size_t end = std::min(text_.find('\n'), text_.size());
    const std::string_view line = text_.substr(0, end);
    text_.remove_prefix(std::min(end + 1, text_.size()));
    ++number_;
    return line;
  }

  std::string_view text_;
  std::size_t number_ = 0;
};

/// The letter behind a backslash; of `\x2d`, what that stands for.
char escaped(std::string_view text, std::size_t& place) {
  if (text[place] != 'x') return text[place];
  const auto byte = from_hex(text.substr(place + 1, 2));
  if (!byte || byte->size() != 1) return text[place];
  place += 2;
  return byte->front();
}

/// The words of a setting: quotes and backslashes go, and part nothing (systemd:
/// src/basic/extract-word.c).
std::vector<std::string> unquoted_words(std::string_view text) {
  std::vector<std::string> words;
  bool in_word = false;
  char quote = '\0';
  for (std::size_t place = 0; place < text.size(); ++place) {
    char letter = text[place];
    const bool is_escape = letter == '\\' && place + 1 < text.size();
    const bool is_blank = letter == ' ' || letter == '\t';
    if (is_escape) letter = escaped(text, ++place);
    if (!is_escape && quote == '\0' && is_blank) {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    if (!is_escape && (letter == quote || (quote == '\0' && (letter == '"' || letter == '\''))))
      quote = letter == quote ? '\0' : letter;
    else
      words.back() += letter;
  }
  return words;
}

std::optional<std::string> value_of(std::string_view word) {
  if (!word.starts_with(options_variable) || !word.substr(options_variable.size()).starts_with('='))
    return std::nullopt;
  return std::string(word.substr(options_variable.size() + 1));
}

}  // namespace

std::vector<UnitSetting> parse_unit_file(std::string_view text) {
  std::vector<UnitSetting> settings;
  UnitLines lines(text.substr(0, text.find('\0')));
  bool counts = false;
  while (auto next = lines.next()) {
    const std::string_view line = trim(next->first);
    if (line.starts_with('[')) counts = line != "[Install]";
    const std::size_t equals = line.find('=');
    if (!counts || equals == std::string_view::npos) continue;
    const std::string_view name = trim(line.substr(0, equals));
    const auto key = std::ranges::find(keys, name, &Key::name);
    if (key == keys.end()) continue;
    settings.push_back(
        {key->effect, std::string(name), utf8_text(trim(line.substr(equals + 1))), next->second});
  }
  return settings;
}

bool is_unit(std::string_view name) {
  constexpr std::array<std::string_view, 9> kinds = {".service",   ".target", ".socket",
                                                     ".timer",     ".path",   ".mount",
                                                     ".automount", ".swap",   ".slice"};
  constexpr std::size_t longest_name = 255;  // systemd: src/basic/unit-def.h, UNIT_NAME_MAX
  return name.size() <= longest_name && !name.contains('/') &&
         std::ranges::any_of(kinds, [&](std::string_view kind) {
           return name.size() > kind.size() && name.ends_with(kind);
         });
}

std::string with_instance(std::string_view text, std::string_view instance) {
  constexpr std::size_t longest = 1024UL * 1024;
  std::string result;
  for (std::size_t place = 0; place < text.size(); ++place) {
    const char next = place + 1 < text.size() ? text[place + 1] : '\0';
    const bool has_room = result.size() < longest;
    if (has_room && text[place] == '%' && (next == 'i' || next == 'I')) {
      result += instance;
      ++place;
    } else {
      result += text[place];
    }
  }
  return result;
}

LoadCommands load_commands_of(const UnitSetting& command, std::string_view instance,
                              const std::vector<std::string>& options, const std::string& source) {
  LoadCommands found = load_commands(
      shell_commands(with_instance(command.value, instance), ShellText::command), options, source);
  for (LoadRequest& request : found.requests) request.line = command.line;
  for (std::size_t& line : found.unclear) line = command.line;
  return found;
}

std::optional<std::string> modprobe_options_of_setting(std::string_view value) {
  std::optional<std::string> options;
  for (const std::string& word : unquoted_words(value)) {
    if (auto assigned = value_of(word)) options = std::move(assigned);
  }
  return options;
}

std::optional<std::string> modprobe_options_of_file(std::string_view text) {
  std::optional<std::string> options;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || trim(line.substr(0, equals)) != options_variable)
      return;
    options.emplace();
    for (const std::string& word : unquoted_words(trim(line.substr(equals + 1))))
      *options += (options->empty() ? "" : " ") + word;
  });
  return options;
}

bool unsets_modprobe_options(std::string_view setting, std::string_view value) {
  return std::ranges::any_of(unquoted_words(setting), [&](const std::string& word) {
    const auto only = value_of(word);
    return word == options_variable || (only && *only == value);
  });
}

}  // namespace kmodsec
