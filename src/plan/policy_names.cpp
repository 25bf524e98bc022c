// SPDX-License-Identifier: GPL-2.0-or-later
// What a policy names has to be there.
#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/check.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"
#include "plan/plan.hpp"

namespace kmodsec {

std::set<std::string> names_seen_of(const ModuleTree& tree) {
  std::set<std::string> names;
  if (index_in_use(tree)) {
    for (const IndexEntry& entry : *index_in_use(tree)) names.insert(entry.name);
  }
  if (tree.builtin) {
    for (const BuiltinModule& builtin : *tree.builtin) names.insert(builtin.name);
  }
  return names;
}

namespace {

/// A module that a policy names, and the key that does.
struct NamedModule {
  std::string key;
  std::string module;
};

std::vector<NamedModule> named_in(const Policy& policy) {
  std::vector<NamedModule> named;
  const auto add = [&](std::string_view key, const std::vector<std::string>& modules) {
    for (const std::string& module : modules) named.push_back({std::string(key), module});
  };
  add("deny.modules", policy.deny.modules);
  add("deny.except", policy.deny.except);
  add("keep.modules", policy.keep.modules);
  add("load.modules", policy.load);
  add("freeze.require", policy.freeze.require);
  for (const PolicyOptions& one : policy.options) named.push_back({"options", one.module});
  for (const PolicyException& one : policy.exceptions) named.push_back({"exception", one.module});
  return named;
}

/// Names in a policy have `_` for `-`, and aliases are compared in that form.
std::set<std::string> modules_of_alias(const Facts& facts, const std::string& name) {
  std::set<std::string> modules;
  for (const ModuleTree& tree : facts.trees) {
    if (!aliases_in_use(tree)) continue;
    for (const AliasEntry& alias : *aliases_in_use(tree)) {
      if (normalized_pattern(alias.pattern) == name) modules.insert(alias.module);
    }
  }
  return modules;
}

std::string hint_for(const Facts& facts, const std::string& name,
                     const std::set<std::string>& known) {
  const std::set<std::string> modules = modules_of_alias(facts, name);
  if (!modules.empty())
    return fmt::format("; it is an alias of {}: name the module",
                       join({modules.begin(), modules.end()}, ", "));
  const auto near = nearest(name, {known.begin(), known.end()});
  return near ? "; did you mean " + *near + "?" : std::string{};
}

Result<void> checks_are_known(const std::vector<PolicyWaiver>& waivers) {
  std::vector<std::string> ids;
  for (const Check* check : all_checks()) ids.emplace_back(check->id);
  for (const PolicyWaiver& waiver : waivers) {
    if (waiver.check.empty() || std::ranges::find(ids, waiver.check) != ids.end()) continue;
    const auto near = nearest(waiver.check, ids);
    return failure(ErrorKind::usage, waiver.check,
                   "a waiver of the policy names it, and there is no such check" +
                       (near ? "; did you mean " + *near + "?"
                             : std::string("; 'kmodsec checks' lists them")));
  }
  return {};
}

}  // namespace

std::set<std::string> modules_named_in(const Policy& policy) {
  std::set<std::string> modules;
  for (NamedModule& named : named_in(policy)) modules.insert(std::move(named.module));
  return modules;
}

Result<void> names_are_known(const Facts& facts, const std::vector<std::string>& elsewhere) {
  if (auto checks = checks_are_known(facts.policy->waivers); !checks) return checks;
  std::set<std::string> known(elsewhere.begin(), elsewhere.end());
  for (const ModuleTree& tree : facts.trees) {
    if (!index_in_use(tree) || !tree.builtin) return {};
    known.merge(names_seen_of(tree));
  }
  if (facts.trees.empty()) return {};
  for (const auto& [key, name] : named_in(*facts.policy)) {
    if (known.contains(name)) continue;
    return failure(
        ErrorKind::usage, name,
        fmt::format("no installed kernel has such a module, and {} of the policy would name it{}",
                    key, hint_for(facts, name, known)));
  }
  return {};
}

}  // namespace kmodsec
