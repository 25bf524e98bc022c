// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/modprobe_conf.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "format/files/logical_line.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/softdep.hpp"

namespace kmodsec {
namespace {

/// How many words a directive needs after its own name.
struct Form {
  Directive directive;
  bool needs_argument;
};

constexpr std::array forms = {Form{Directive::alias, true},   Form{Directive::blacklist, false},
                              Form{Directive::options, true}, Form{Directive::install, true},
                              Form{Directive::remove, true},  Form{Directive::softdep, true},
                              Form{Directive::weakdep, true}};

std::string_view take_word(std::string_view& text) {
  const std::size_t start = std::min(text.find_first_not_of(" \t"), text.size());
  text.remove_prefix(start);
  const std::string_view word = text.substr(0, text.find_first_of(" \t"));
  text.remove_prefix(word.size());
  return word;
}

std::string unknown_directive(std::string_view word) {
  if (word == "include" || word == "config") return fmt::format("'{}' is no longer read", word);
  return fmt::format("unknown directive '{}'", utf8_text(word));
}

/// What follows the name: for an alias the next word, else the whole rest after one blank.
std::string_view take_argument(Directive directive, std::string_view rest) {
  if (directive == Directive::blacklist) return {};
  if (directive == Directive::alias) return take_word(rest);
  return rest.substr(std::min<std::size_t>(1, rest.size()));
}

/// Words that modprobe passes over without a warning; nothing where it takes all of them.
std::string rest_without_effect(Directive directive, std::string_view rest) {
  if (directive != Directive::blacklist && directive != Directive::alias) return {};
  take_word(rest);
  if (directive == Directive::alias) take_word(rest);
  const std::string_view ignored = trim(rest);
  if (ignored.empty() || ignored.starts_with('#')) return {};
  return fmt::format("'{}' takes no more than {}: '{}' counts for nothing", to_string(directive),
                     directive == Directive::alias ? "two names" : "one name", utf8_text(ignored));
}

struct ReadLine {
  std::string problem;  ///< Why modprobe drops the line; empty when it does not.
  ConfigLine line;
  std::string ignored;  ///< What of a line that counts does not.
};

ReadLine read_directive(std::string_view word, std::string_view rest) {
  const auto form =
      std::ranges::find(forms, word, [](const Form& each) { return to_string(each.directive); });
  if (form == forms.end()) return {unknown_directive(word), {}, {}};
  const Directive directive = form->directive;
  std::string ignored = rest_without_effect(directive, rest);
  const auto name = normalized_pattern(take_word(rest));
  if (!name) return {"brackets do not pair", {}, {}};
  const std::string_view argument = take_argument(directive, rest);
  if (name->empty() || (form->needs_argument && argument.empty()))
    return {fmt::format("'{}' lacks an argument", word), {}, {}};
  auto target =
      directive == Directive::alias ? normalized_pattern(argument) : std::string(argument);
  if (directive == Directive::options) std::ranges::replace(*target, '\t', ' ');
  if (!target) return {"brackets do not pair", {}, {}};
  ConfigLine line{.directive = directive, .name = utf8_text(*name), .argument = utf8_text(*target)};
  if (directive == Directive::softdep) read_softdep(argument, line.pre, line.post);
  return {{}, std::move(line), std::move(ignored)};
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
    auto [problem, line, ignored] = read_directive(word, rest);
    if (logical.ends_in_backslash)
      problem = "the file ends in a backslash: releases of kmod differ in what they read";
    if (!problem.empty()) {
      config.problems.push_back(
          {source, logical.number, std::move(problem), utf8_text(trim(logical.text))});
      continue;
    }
    line.text = utf8_text(trim(logical.text));
    if (!ignored.empty())
      config.problems.push_back({source, logical.number, std::move(ignored), line.text});
    line.source = source;
    line.line = logical.number;
    config.lines.push_back(std::move(line));
  }
  return config;
}

}  // namespace kmodsec
