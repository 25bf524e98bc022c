// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/needed_modules.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

namespace kmodsec {

NeededModules::NeededModules(const Facts& facts) : facts_(facts) {
  if (!facts.load) return;
  aliases_ = *facts.load;
  std::erase_if(aliases_.lines,
                [](const ConfigLine& line) { return line.directive != Directive::alias; });
  for (const ModuleTree& tree : facts.trees)
    models_.push_back(std::make_unique<LoadModel>(aliases_, tree));
}

void NeededModules::add(const std::string& request, const std::string& why) {
  for (const auto& model : models_) add_to(*model, request, why);
}

void NeededModules::add_needs_of_boot() {
  for (std::size_t i = 0; i < models_.size(); ++i) {
    if (facts_.needs) {
      for (const BootNeed& need : *facts_.needs) add_to(*models_[i], need.request, need.why);
    }
    const auto& images = facts_.trees[i].initramfs_images;
    if (!images) continue;
    for (const InitramfsImage& image : *images) {
      for (const LoadRequest& request : image.load.at_boot)
        add_to(*models_[i], request.name, request.source + " loads it at boot");
    }
  }
}

bool NeededModules::has_module(const std::string& name) const {
  return std::ranges::any_of(models_,
                             [&](const auto& model) { return model->find(name) != nullptr; });
}

const std::string* NeededModules::reason_for(const std::string& module) const {
  const auto reason = reasons_.find(module);
  return reason == reasons_.end() ? nullptr : &reason->second;
}

void NeededModules::add_to(const LoadModel& model, const std::string& request,
                           const std::string& why) {
  for (const Candidate& candidate : model.look_up(request)) {
    for (const ProbeStep& step : model.steps(candidate)) {
      const bool itself = step.module == candidate.module;
      reasons_.emplace(step.module,
                       itself ? why : fmt::format("{} needs it: {}", candidate.module, why));
    }
  }
}

}  // namespace kmodsec
