// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string_view>

#include <fmt/format.h>

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
  return line.directive == "softdep" && line.name == module && line.source != deny_file_path;
}

/// A module with a softdep is loaded past its install line (kmod: libkmod/libkmod-module.c,
/// kmod_module_get_probe_list). The first softdep line of a module is the only one that counts,
/// and this file is read first.
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

std::string lines_for(const Facts& facts, const PolicyDeny& deny, std::string_view command) {
  const std::string why = deny.profile.empty() ? "deny.modules" : deny.profile;
  if (is_builtin_everywhere(facts, deny.module))
    return fmt::format("\n# {}: {}. It is built in: modprobe cannot keep it out.\n", deny.module,
                       why);
  std::string lines = fmt::format("\n# {}: {}\n", deny.module, why);
  if (needs_empty_softdep(facts, deny.module))
    lines += fmt::format("softdep {} pre:\n", deny.module);
  return lines + fmt::format("install {0} {1}\nblacklist {0}\n", deny.module, command);
}

}  // namespace

OwnedFile deny_file(const PlanInput& input) {
  OwnedFile file{std::string(deny_file_path), {}};
  if (input.denies.empty()) return file;
  const bool pretends = input.facts->policy->deny.on_attempt == DenyAnswer::pretend;
  std::string text = owned_header("Modules that the policy of this host denies.");
  for (const PolicyDeny& deny : input.denies)
    text += lines_for(*input.facts, deny, pretends ? "/bin/true" : "/bin/false");
  file.wanted = text_file(std::move(text));
  return file;
}

}  // namespace kmodsec
