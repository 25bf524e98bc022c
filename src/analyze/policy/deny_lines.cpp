// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/deny_lines.hpp"

#include <cstddef>
#include <string_view>

#include <fmt/format.h>

namespace kmodsec {
namespace {

ConfigLine deny_line(Directive directive, const std::string& module, std::string_view argument) {
  return {.directive = directive,
          .name = module,
          .argument = std::string(argument),
          .text = argument.empty()
                      ? fmt::format("{} {}", to_string(directive), module)
                      : fmt::format("{} {} {}", to_string(directive), module, argument)};
}

}  // namespace

std::vector<ConfigLine> deny_lines(const std::string& module, DenyAnswer answer,
                                   DenySoftdep softdep, const std::string& source) {
  const std::string_view command = answer == DenyAnswer::pretend ? "/bin/true" : "/bin/false";
  std::vector<ConfigLine> lines;
  if (softdep == DenySoftdep::emptied)
    lines.push_back(deny_line(Directive::softdep, module, "pre:"));
  lines.push_back(deny_line(Directive::install, module, command));
  lines.push_back(deny_line(Directive::blacklist, module, ""));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i].source = source;
    lines[i].line = i + 1;
  }
  return lines;
}

}  // namespace kmodsec
