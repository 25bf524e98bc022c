// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modprobe_conf.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/module_name.hpp"
#include "base/softdep.hpp"
#include "base/text.hpp"
#include "format/logical_line.hpp"

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

std::string_view take_word(std::string_view& text) {
  const std::size_t start = std::min(text.find_first_not_of(" \t"), text.size());
  text.remove_prefix(start);
  const std::string_view word = text.substr(0, text.find_first_of(" \t"));
  text.remove_prefix(word.size());
  return word;
}

std::string unknown_directive(std::string_view directive) {
  if (directive == "include" || directive == "config")
    return fmt::format("'{}' is no longer read", directive);
  return fmt::format("unknown directive '{}'", utf8_text(directive));
}

/// What follows the name: for an alias the next word, else the whole rest after one blank.
std::string_view take_argument(std::string_view directive, std::string_view rest) {
  if (directive == "blacklist") return {};
  if (directive == "alias") return take_word(rest);
  return rest.substr(std::min<std::size_t>(1, rest.size()));
}

struct Directive {
  std::string problem;  ///< Why modprobe drops the line; empty when it does not.
  ConfigLine line;
};

Directive read_directive(std::string_view word, std::string_view rest) {
  const auto form = std::ranges::find(forms, word, &Form::directive);
  if (form == forms.end()) return {unknown_directive(word), {}};
  const auto name = normalized_pattern(take_word(rest));
  if (!name) return {"brackets do not pair", {}};
  const std::string_view argument = take_argument(word, rest);
  if (name->empty() || (form->needs_argument && argument.empty()))
    return {fmt::format("'{}' lacks an argument", word), {}};
  auto target = word == "alias" ? normalized_pattern(argument) : std::string(argument);
  if (word == "options") std::ranges::replace(*target, '\t', ' ');
  if (!target) return {"brackets do not pair", {}};
  ConfigLine line{
      .directive = std::string(word), .name = utf8_text(*name), .argument = utf8_text(*target)};
  if (word == "softdep") read_softdep(argument, line.pre, line.post);
  return {{}, std::move(line)};
}

}  // namespace

LoadConfig parse_modprobe_conf(std::string_view text, const std::string& source) {
  LoadConfig config;
  std::size_t number = 1;
  while (!text.empty()) {
    const LogicalLine logical = take_logical_line(text, number);
    std::string_view rest = logical.text;
    const std::string_view word = rest.starts_with('#') ? std::string_view{} : take_word(rest);
    if (word.empty()) continue;
    auto [problem, line] = read_directive(word, rest);
    if (logical.ends_in_backslash)
      problem = "the file ends in a backslash: releases of kmod differ in what they read";
    if (!problem.empty()) {
      config.problems.push_back(
          {source, logical.number, std::move(problem), utf8_text(trim(logical.text))});
      continue;
    }
    line.text = utf8_text(trim(logical.text));
    line.source = source;
    line.line = logical.number;
    config.lines.push_back(std::move(line));
  }
  return config;
}

}  // namespace kmodsec
