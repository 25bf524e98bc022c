// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/facts.hpp"
#include "model/usage/keep_set.hpp"
#include "support/facts_builder.hpp"

namespace kmodsec::test {

/// A kernel in good order with these modules alone.
inline ModuleTree kernel_with(const std::string& release, std::vector<IndexEntry> index,
                              std::vector<AliasEntry> aliases) {
  ModuleTree tree = healthy_machine().trees.front();
  tree.release = release;
  tree.folder = "/lib/modules/" + release;
  tree.files->clear();
  tree.index = std::move(index);
  tree.aliases = std::move(aliases);
  return tree;
}

/// A host of which all was seen that a keep set hangs on, and that asks for nothing.
inline Facts host_with(std::vector<ModuleTree> trees) {
  Facts facts = healthy_machine();
  facts.time = 1'790'000'000;
  facts.installed = std::vector<std::string>{};
  for (const ModuleTree& tree : trees) facts.installed->push_back(tree.release);
  if (!trees.empty()) facts.kernel.release = trees.front().release;
  facts.trees = std::move(trees);
  facts.loaded = std::vector<LoadedModule>{};
  facts.needs = std::vector<BootNeed>{};
  facts.service_needs = std::vector<BootNeed>{};
  facts.devices = std::vector<Device>{};
  facts.usage = UsageRecord{};
  return facts;
}

inline std::vector<std::string> kept_names(const KeepSet& set) {
  std::vector<std::string> names;
  for (const KeptForUse& kept : set.kept) names.push_back(kept.module);
  return names;
}

inline std::vector<std::string> closed_names(const KeepSet& set) {
  std::vector<std::string> names;
  for (const ClosedModule& closed : set.closed) names.push_back(closed.module);
  return names;
}

}  // namespace kmodsec::test
