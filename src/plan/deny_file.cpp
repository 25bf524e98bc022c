// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "analyze/policy/deny_lines.hpp"
#include "plan/owned_file.hpp"

namespace kmodsec {
namespace {

bool has_softdep(const Facts& facts, const std::string& module) {
  const auto names_it = [&](const SoftDependency& softdep) { return softdep.module == module; };
  return std::ranges::any_of(facts.trees, [&](const ModuleTree& tree) {
    return tree.softdeps && std::ranges::any_of(*tree.softdeps, names_it);
  });
}

bool is_configured_softdep(const ConfigLine& line, const std::string& module) {
  return line.directive == Directive::softdep && line.name == module &&
         line.source != deny_file_path;
}

/// This file is read first: see `deny_lines`.
bool needs_empty_softdep(const Facts& facts, const std::string& module) {
  if (has_softdep(facts, module)) return true;
  return facts.load && std::ranges::any_of(facts.load->lines, [&](const ConfigLine& line) {
           return is_configured_softdep(line, module);
         });
}

bool is_builtin_everywhere(const Facts& facts, const std::string& module) {
  return !facts.trees.empty() && std::ranges::all_of(facts.trees, [&](const ModuleTree& tree) {
    return tree.builtin &&
           std::ranges::find(*tree.builtin, module, &BuiltinModule::name) != tree.builtin->end();
  });
}

std::string_view origin_of(const PolicyDeny& deny) {
  if (!deny.profile.empty()) return deny.profile;
  return deny.asked_by.empty() ? "deny.modules" : "deny.autoload_by_users";
}

std::string lines_for(const Facts& facts, const PolicyDeny& deny) {
  const std::string_view why = origin_of(deny);
  if (is_builtin_everywhere(facts, deny.module))
    return fmt::format("\n# {}: {}. It is built in: modprobe cannot keep it out.\n", deny.module,
                       why);
  std::string lines = fmt::format("\n# {}: {}\n", deny.module, why);
  const DenySoftdep softdep =
      needs_empty_softdep(facts, deny.module) ? DenySoftdep::emptied : DenySoftdep::without;
  for (const ConfigLine& line :
       deny_lines(deny.module, facts.policy->deny.on_attempt, softdep, std::string(deny_file_path)))
    lines += line.text + "\n";
  return lines;
}

}  // namespace

OwnedFile deny_file(const PlanInput& input) {
  OwnedFile file{std::string(deny_file_path), {}};
  if (input.denies.empty()) return file;
  std::string text = owned_header("Modules that the policy of this host denies.");
  for (const PolicyDeny& deny : input.denies) text += lines_for(*input.facts, deny);
  file.wanted = text_file(std::move(text));
  return file;
}

}  // namespace kmodsec
