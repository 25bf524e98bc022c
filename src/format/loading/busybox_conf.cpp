// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/busybox_conf.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/text.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view busybox_blanks = " \t";

struct JoinedLine {
  std::string text;
  std::size_t number = 0;
};

/// The next line, with those that a backslash at its end joins to it.
JoinedLine take_line(std::string_view& text, std::size_t& number) {
  JoinedLine line{{}, number};
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    line.text += text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (!line.text.ends_with('\\')) break;
    line.text.pop_back();
  }
  line.text.resize(std::min(line.text.find('\0'), line.text.size()));
  return line;
}

std::string_view take_busybox_word(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find_first_of(busybox_blanks));
  rest.remove_prefix(word.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(busybox_blanks), rest.size()));
  return word;
}

std::string_view without_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(busybox_blanks), text.size()));
  return text.substr(0, text.find_last_not_of(busybox_blanks) + 1);
}

void read_line(const JoinedLine& joined, const std::string& source, BusyboxConf& conf) {
  const std::string_view line = joined.text;
  std::string_view rest = without_blanks(line.substr(0, line.find('#')));
  const std::string text = utf8_text(rest);
  const std::string_view word = take_busybox_word(rest);
  const std::string_view name = take_busybox_word(rest);
  if (name.empty()) return;
  ConfigLine read{.name = utf8_text(busybox_name(name)),
                  .argument = utf8_text(rest),
                  .text = text,
                  .source = source,
                  .line = joined.number};
  if (word == "include") {
    conf.includes.emplace_back(name);
  } else if (word == "blacklist") {
    read.directive = Directive::blacklist;
    read.argument.clear();
    conf.lines.push_back(std::move(read));
  } else if (word == "alias" && !rest.empty()) {
    read.directive = Directive::alias;
    read.argument = utf8_text(busybox_name(rest));
    conf.lines.push_back(std::move(read));
  } else if (word == "options" && !rest.empty()) {
    read.directive = Directive::options;
    conf.lines.push_back(std::move(read));
  }
}

}  // namespace

BusyboxConf parse_busybox_conf(std::string_view text, const std::string& source) {
  BusyboxConf conf;
  std::size_t number = 1;
  while (!text.empty()) read_line(take_line(text, number), source, conf);
  return conf;
}

}  // namespace kmodsec
