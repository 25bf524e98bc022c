// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/loading/position_words.hpp"
#include "report/usage/lean_export_report.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t longest_comment = 200;

constexpr std::string_view plain_marks = " _-.,:;()[]/+=*?!@<>|~^%&'";

/// A backslash would join the next line to the comment, which would then be no deny.
char in_comment(char one) {
  const bool is_alnum =
      (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9');
  return is_alnum || plain_marks.find(one) != std::string_view::npos ? one : '?';
}

}  // namespace

std::string comment_text(std::string_view text) {
  std::string comment(text.substr(0, longest_comment));
  std::ranges::transform(comment, comment.begin(), in_comment);
  return std::string(trim(comment));
}

std::string reach_comment(const Attacker& reach) { return comment_text(words_of(reach)); }

std::string print_lean_modprobe(const LeanExport& lean) {
  std::string text = fmt::format(
      "# Modules that nothing here needs: {} closed, {} kept.\n"
      "# Written by 'kmodsec learn propose'. Behind each name is who could have it loaded.\n",
      lean.denies.size(), lean.kept.size());
  for (const LeanDeny& deny : lean.denies) {
    text += fmt::format("# {}: {}\n", deny.module, reach_comment(deny.reach));
    for (const std::string& line : deny.lines) text += line + "\n";
  }
  return text;
}

}  // namespace kmodsec
