// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/needed_modules.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kmodsec {

NeededModules::NeededModules(const Facts& facts) : facts_(facts), work_("modules that boot needs") {
  if (!facts.load) return;
  leading_ = leading_lines(*facts.load);
  trees_ = keep_trees(leading_, facts);
}

void NeededModules::add(const std::string& request, const std::string& why) {
  for (const auto& tree : trees_) {
    for (const std::string& module : tree->modules_of(request)) add_module(module, why);
  }
}

void NeededModules::add_needs_of_boot() {
  if (facts_.needs) {
    for (const BootNeed& need : *facts_.needs) add(need.request, need.why);
  }
  for (const ModuleTree& tree : facts_.trees) {
    if (!tree.initramfs_images) continue;
    for (const InitramfsImage& image : *tree.initramfs_images) {
      for (const LoadRequest& request : image.load.at_boot)
        add(request.name, request.source + " loads it at boot");
    }
  }
}

bool NeededModules::has_module(const std::string& name) const {
  return std::ranges::any_of(trees_, [&](const auto& tree) { return tree->has_module(name); });
}

const std::string* NeededModules::reason_for(const std::string& module) const {
  const auto reason = reasons_.find(module);
  return reason == reasons_.end() ? nullptr : &reason->second;
}

void NeededModules::add_module(const std::string& module, const std::string& why) {
  if (!reasons_.emplace(module, why).second) return;
  follow_needs(trees_, {module}, work_, [&](const std::string&, const KeepTree::Need& need) {
    return reasons_.emplace(need.module, fmt::format("{} needs it: {}", module, why)).second;
  });
}

}  // namespace kmodsec
