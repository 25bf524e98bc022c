// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/unit_file.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/path.hpp"
#include "base/text.hpp"
#include "format/loading/kmod_command.hpp"

namespace kmodsec {
namespace {

struct Key {
  std::string_view name;
  UnitEffect effect;
};

constexpr std::array keys = {
    Key{"Wants", UnitEffect::starts},      Key{"Requires", UnitEffect::starts},
    Key{"BindsTo", UnitEffect::starts},    Key{"Requisite", UnitEffect::starts},
    Key{"Upholds", UnitEffect::starts},    Key{"Service", UnitEffect::activates},
    Key{"Unit", UnitEffect::activates},    Key{"ExecStart", UnitEffect::runs},
    Key{"ExecStartPre", UnitEffect::runs}, Key{"ExecStartPost", UnitEffect::runs},
    Key{"ExecCondition", UnitEffect::runs}};

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

bool ends_command(char letter) {
  return letter == ';' || letter == '&' || letter == '|' || letter == '\n' || letter == '(' ||
         letter == ')' || letter == '`';
}

/// The words of the command and of every command in it, as a shell would see them: one list for
/// each. Quotes go, so that what a shell gets is taken apart as well.
std::vector<std::vector<std::string>> commands_in(std::string_view text) {
  std::vector<std::vector<std::string>> commands(1);
  bool in_word = false;
  for (const char letter : text) {
    if (letter == '"' || letter == '\'') continue;
    const bool is_blank = letter == ' ' || letter == '\t';
    if (ends_command(letter)) commands.emplace_back();
    if (is_blank || ends_command(letter)) {
      in_word = false;
      continue;
    }
    if (!in_word) commands.back().emplace_back();
    in_word = true;
    commands.back().back() += letter;
  }
  return commands;
}

std::string with_instance(std::string_view text, std::string_view instance) {
  std::string result;
  for (std::size_t place = 0; place < text.size(); ++place) {
    const char next = place + 1 < text.size() ? text[place + 1] : '\0';
    if (text[place] == '%' && (next == 'i' || next == 'I')) {
      result += instance;
      ++place;
    } else {
      result += text[place];
    }
  }
  return result;
}

bool is_modprobe(std::string_view word) {
  word.remove_prefix(std::min(word.find_first_not_of("-@:+!|"), word.size()));
  return file_name(word) == "modprobe";
}

/// With `@` the second word is what the program sees as its own name.
std::vector<std::string> arguments_of(std::vector<std::string> words) {
  const bool renames = words.size() > 1 && words[0].substr(0, words[0].find('/')).contains('@');
  if (renames) words.erase(words.begin() + 1);
  words[0] = "modprobe";
  return words;
}

bool has_short_option(std::string_view word, std::string_view letters) {
  return word.size() > 1 && word[0] == '-' && word[1] != '-' &&
         word.find_first_of(letters) != std::string_view::npos;
}

/// Removing, asking and showing load nothing.
bool loads_nothing(std::string_view word) {
  constexpr std::array<std::string_view, 9> options = {
      "--remove",      "--dry-run",       "--show",    "--show-depends",    "--showconfig",
      "--show-config", "--resolve-alias", "--version", "--show-modversions"};
  return std::ranges::find(options, word) != options.end() || has_short_option(word, "rnDcRVh");
}

bool is_name(std::string_view word) {
  return !word.empty() && word.find_first_of("$%<>=") == std::string_view::npos;
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

std::vector<LoadRequest> modprobe_requests(const UnitSetting& command, std::string_view instance,
                                           const std::string& source) {
  std::vector<LoadRequest> requests;
  for (const auto& words : commands_in(with_instance(command.value, instance))) {
    const auto program = std::ranges::find_if(words, is_modprobe);
    if (program == words.end()) continue;
    std::vector<std::string> arguments = arguments_of({program, words.end()});
    if (std::ranges::any_of(arguments, loads_nothing)) continue;
    const bool applies_blacklist = std::ranges::any_of(arguments, [](std::string_view word) {
      return word == "--use-blacklist" || has_short_option(word, "b");
    });
    for (const std::string& name : parse_kmod_command(arguments).targets) {
      if (is_name(name))
        requests.push_back({utf8_text(name), source, command.line, !applies_blacklist, {}});
    }
  }
  return requests;
}

}  // namespace kmodsec
