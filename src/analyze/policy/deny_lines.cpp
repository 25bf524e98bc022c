// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/deny_lines.hpp"

#include <cstddef>
#include <string_view>

#include <fmt/format.h>

#include "analyze/host/owned_paths.hpp"

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

std::set<std::string> modules_with_softdep(const Facts& facts) {
  std::set<std::string> modules;
  for (const ModuleTree& tree : facts.trees) {
    if (!tree.softdeps) continue;
    for (const SoftDependency& softdep : *tree.softdeps) modules.insert(softdep.module);
  }
  if (!facts.load) return modules;
  for (const ConfigLine& line : facts.load->lines) {
    if (line.directive == Directive::softdep && line.source != deny_file_path)
      modules.insert(line.name);
  }
  return modules;
}

}  // namespace kmodsec
