// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modprobe_conf.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"

namespace kmodsec {
namespace {

/// How many words a directive needs after its own name.
struct Form {
  std::string_view directive;
  bool needs_argument;
};

constexpr std::array forms = {
    Form{"alias", true},  Form{"blacklist", false}, Form{"options", true}, Form{"install", true},
    Form{"remove", true}, Form{"softdep", true},    Form{"weakdep", true}};

struct LogicalLine {
  std::string text;
  std::size_t number = 0;
};

/// Physical lines joined at backslashes; as in libkmod, a comment ends with its own line.
std::vector<LogicalLine> join_lines(std::string_view text) {
  std::vector<LogicalLine> lines;
  bool continued = false;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    const bool more = line.ends_with('\\');
    if (more) line.remove_suffix(1);
    if (continued) {
      lines.back().text += line;
    } else {
      lines.push_back({std::string(line), number});
    }
    continued = more;
  });
  return lines;
}

std::string_view take_word(std::string_view& text) {
  const std::size_t start = std::min(text.find_first_not_of(" \t"), text.size());
  text.remove_prefix(start);
  const std::string_view word = text.substr(0, text.find_first_of(" \t"));
  text.remove_prefix(word.size());
  return word;
}

std::string problem_with(std::string_view directive) {
  if (directive == "include" || directive == "config")
    return fmt::format("'{}' is no longer read", directive);
  return fmt::format("unknown directive '{}'", utf8_text(directive));
}

}  // namespace

std::optional<std::string> normalized_pattern(std::string_view name) {
  std::string pattern(name);
  bool in_brackets = false;
  for (char& c : pattern) {
    if (c == ']' && !in_brackets) return std::nullopt;
    if (c == '[') in_brackets = true;
    if (c == ']') in_brackets = false;
    if (c == '-' && !in_brackets) c = '_';
  }
  if (in_brackets) return std::nullopt;
  return pattern;
}

ModprobeConfig parse_modprobe_conf(std::string_view text, const std::string& source) {
  ModprobeConfig config;
  for (const LogicalLine& logical : join_lines(text)) {
    std::string_view rest = logical.text;
    if (rest.starts_with('#')) continue;
    const std::string_view directive = take_word(rest);
    if (directive.empty()) continue;
    const auto problem = [&](std::string reason) {
      config.problems.push_back({source, logical.number, std::move(reason)});
    };
    const auto form = std::ranges::find(forms, directive, &Form::directive);
    if (form == forms.end()) {
      problem(problem_with(directive));
      continue;
    }
    const auto name = normalized_pattern(take_word(rest));
    const std::string_view argument =
        rest.substr(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (!name) {
      problem("brackets do not pair");
    } else if (name->empty() || (form->needs_argument && argument.empty())) {
      problem(fmt::format("'{}' lacks an argument", directive));
    } else {
      config.lines.push_back(
          {std::string(directive), utf8_text(*name), utf8_text(argument), source, logical.number});
    }
  }
  return config;
}

std::vector<OptionsLine> options_of(const std::vector<ConfigLine>& lines) {
  std::vector<OptionsLine> options;
  for (const ConfigLine& line : lines) {
    if (line.directive == "options")
      options.push_back({line.name, line.argument, line.source, line.line});
  }
  return options;
}

}  // namespace kmodsec
