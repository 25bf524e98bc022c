// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/help.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/verb.hpp"
#include "report/paragraph.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t verb_width = 12;
constexpr std::size_t option_width = 24;

std::string row(std::string_view label, std::string_view text, std::size_t width) {
  const std::size_t indent = width + 2;
  const std::string wrapped = fill(text, {.indent = indent, .column = indent});
  if (label.size() < width) return fmt::format("  {:<{}}{}\n", label, width, wrapped);
  return fmt::format("  {}\n{:{}}{}\n", label, "", indent, wrapped);
}

std::string option_row(const OptionHelp& option, std::string_view more = {}) {
  const std::string blank = option.type.empty() ? "" : " ";
  return row(option.name + blank + option.type, fmt::format("{}{}", option.text, more),
             option_width);
}

std::string block(std::string_view heading, std::string_view rows) {
  return rows.empty() ? "" : fmt::format("\n{}\n{}", heading, rows);
}

std::string verbs_of(std::span<const Verb> verbs, VerbGroup group) {
  std::string rows;
  for (const Verb& verb : verbs) {
    if (verb.group == group) rows += row(verb.name, verb.help, verb_width);
  }
  return rows;
}

std::string examples_of(const Verb& verb) {
  std::string rows;
  for (const std::string_view example : verb.examples) rows += fmt::format("  {}\n", example);
  return rows;
}

}  // namespace

std::string print_overview(std::span<const Verb> verbs, const Declared& common) {
  std::string text =
      "kmodsec: kernel-module security of a Linux host, with proof\n\n"
      "Usage: kmodsec VERB [OPTIONS]\n"
      "       kmodsec help VERB\n";
  for (const VerbGroup group : all_verb_groups)
    text += block(to_string(group), verbs_of(verbs, group));
  text += row("help", "Show the options of a verb, with examples", verb_width);
  std::string options;
  for (const OptionHelp& option : common.options)
    options += option_row(option, option.name == "--format" ? ": text, json, or more" : "");
  return text + block("Options of several verbs", options);
}

std::string print_verb_help(const Verb& verb, const Declared& own, const Declared& common) {
  const std::string words = own.words.empty() ? "" : " " + own.words;
  std::string text =
      fmt::format("{}\n\nUsage: kmodsec {} [OPTIONS]{}\n", verb.help, verb.name, words);
  if (!own.words.empty()) text += "\n" + row(own.words, own.words_text, option_width);
  std::string rows, shared;
  for (const OptionHelp& option : own.options) rows += option_row(option);
  for (const OptionHelp& option : common.options) {
    if (!applies(verb, option.name)) continue;
    const bool is_format = option.name == "--format";
    shared += option_row(option, is_format ? ": " + join(formats_of(verb), ", ") : "");
  }
  return text + block("Options", rows) + block("Common options", shared) +
         block("Examples", examples_of(verb));
}

}  // namespace kmodsec
