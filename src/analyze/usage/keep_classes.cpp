// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <set>
#include <string_view>

#include "analyze/modules/pattern.hpp"
#include "analyze/usage/keep_reasons.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

const KeepClass* class_named(std::span<const KeepClass> classes, std::string_view name) {
  const auto found = std::ranges::find(classes, name, &KeepClass::name);
  return found == classes.end() ? nullptr : &*found;
}

/// The modules of one kernel that a rule with a pattern of aliases means.
std::set<std::string_view> modules_with_alias(const KeepTree& tree, const std::string& pattern,
                                              Work& work) {
  std::set<std::string_view> modules;
  const std::string_view start =
      std::string_view(pattern).substr(0, pattern.find_first_of("*?[\\"));
  for (const KeepTree::Alias& alias : tree.aliases()) {
    work.spend(1);
    if (!alias.pattern.starts_with(start) || modules.contains(alias.module)) continue;
    if (tree.has_module(alias.module) && matches_pattern(pattern, alias.pattern, work))
      modules.insert(alias.module);
  }
  return modules;
}

void add_rule(const KeepRule& rule, const KeepReason& reason, const KeepTree& tree, Work& work,
              KeptModules& kept) {
  if (!rule.module.empty() && tree.has_module(rule.module)) kept.add_module(rule.module, reason);
  if (!rule.path.empty()) {
    for (const IndexEntry& entry : tree.modules()) {
      work.spend(1);
      if (entry.path.starts_with(rule.path)) kept.add_module(entry.name, reason);
    }
  }
  const auto pattern = normalized_pattern(rule.alias);
  if (rule.alias.empty() || !pattern) return;
  for (const std::string_view module : modules_with_alias(tree, *pattern, work))
    kept.add_module(std::string(module), reason);
}

}  // namespace

void add_classes(const Policy& policy, std::span<const KeepClass> classes,
                 std::span<const std::unique_ptr<KeepTree>> trees, KeptModules& kept) {
  Work work("keep classes");
  for (const std::string& name : policy.keep.classes) {
    const KeepClass* keep_class = class_named(classes, name);
    if (keep_class == nullptr) continue;
    for (const KeepRule& rule : keep_class->rules) {
      const KeepReason reason{KeepCause::keep_class, rule.reason, name};
      for (const auto& tree : trees) add_rule(rule, reason, *tree, work, kept);
    }
  }
}

std::vector<std::string> unknown_names(const Policy& policy, std::span<const KeepClass> classes,
                                       std::span<const std::unique_ptr<KeepTree>> trees) {
  std::set<std::string> unknown;
  for (const std::string& name : policy.keep.modules) {
    if (std::ranges::none_of(trees, [&](const auto& tree) { return tree->knows(name); }))
      unknown.insert(name);
  }
  for (const std::string& name : policy.keep.classes) {
    if (class_named(classes, name) == nullptr) unknown.insert(name);
  }
  return {unknown.begin(), unknown.end()};
}

}  // namespace kmodsec
