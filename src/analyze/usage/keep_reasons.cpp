// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/keep_reasons.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "analyze/host/owned_paths.hpp"
#include "analyze/usage/opened_modules.hpp"
#include "base/text.hpp"
#include "base/utc_time.hpp"

namespace kmodsec {
namespace {

void add_names(const std::vector<std::string>& names, const std::string& by, KeptModules& kept) {
  for (const std::string& name : names) {
    const KeepReason reason{KeepCause::policy, fmt::format("{} of the policy names it", by), by};
    kept.add_module(name, reason);
    kept.add_request(name, reason);
  }
}

std::string words_of_use(const UsedModule& used) {
  if (!used.imported_from.empty() && used.boots == 0) return "imported from " + used.imported_from;
  return fmt::format("used in {}, last on {}", count_of(used.boots, "boot"),
                     utc_date(used.last_seen));
}

void add_image(const InitramfsImage& image, KeptModules& kept) {
  for (const LoadRequest& request : image.load.at_boot)
    kept.add_request(
        request.name,
        {KeepCause::boot, fmt::format("{} loads it at boot", request.source), request.source});
  if (image.index.size() > most_modules_of_own_image) return;
  for (const IndexEntry& entry : image.index)
    kept.add_module(entry.name,
                    {KeepCause::boot, fmt::format("{} has it", image.path), image.path});
}

}  // namespace

void add_policy(const Policy& policy, KeptModules& kept) {
  add_names(policy.keep.modules, "keep.modules", kept);
  add_names(policy.keep_profile_modules, "keep.profiles", kept);
  add_names(policy.deny.except, "deny.except", kept);
  add_names(policy.load, "load.modules", kept);
  add_names(policy.freeze.require, "freeze.require", kept);
}

void add_loaded(const Facts& facts, KeptModules& kept) {
  if (!facts.live || !facts.loaded) return;
  const std::set<std::string> denied = denied_or_opened(facts);
  for (const LoadedModule& module : *facts.loaded) {
    if (!denied.contains(module.name))
      kept.add_module(module.name, {KeepCause::loaded, "loaded now", {}});
  }
}

void add_used(std::span<const UsageRecord> records, KeptModules& kept) {
  for (const UsageRecord& record : records) {
    for (const UsedModule& used : record.modules)
      kept.add_module(used.module, {KeepCause::used, words_of_use(used), used.imported_from});
  }
}

void add_boot(const Facts& facts, KeptModules& kept) {
  if (facts.load) {
    for (const LoadRequest& request : facts.load->at_boot)
      kept.add_request(
          request.name,
          {KeepCause::boot, fmt::format("{}:{} loads it at boot", request.source, request.line),
           request.source});
  }
  if (facts.needs) {
    for (const BootNeed& need : *facts.needs)
      kept.add_request(need.request, {KeepCause::boot, need.why, need.request});
  }
  for (const ModuleTree& tree : facts.trees) {
    if (!tree.initramfs_images) continue;
    for (const InitramfsImage& image : *tree.initramfs_images) add_image(image, kept);
  }
}

void add_hardware(const Facts& facts, KeptModules& kept) {
  if (!facts.devices) return;
  std::set<std::string_view> known;
  for (const Device& device : *facts.devices) {
    if (known.insert(device.alias).second)
      kept.add_request(
          device.alias,
          {KeepCause::hardware, fmt::format("the device {} is there", device.path), device.alias});
  }
}

void add_services(const Facts& facts, KeptModules& kept) {
  if (!facts.service_needs) return;
  for (const BootNeed& need : *facts.service_needs)
    kept.add_request(need.request, {KeepCause::service, need.why, need.request});
}

void add_built_in(const Facts& facts, std::span<const std::unique_ptr<KeepTree>> trees,
                  KeptModules& kept) {
  if (!facts.kernel.release) return;
  const std::string& release = *facts.kernel.release;
  const auto running =
      std::ranges::find_if(trees, [&](const auto& tree) { return tree->release() == release; });
  if (running == trees.end()) return;
  const KeepReason reason{KeepCause::needed,
                          fmt::format("is built into {}, which runs now", release), release};
  for (const auto& tree : trees) {
    if (tree == *running) continue;
    for (const IndexEntry& entry : tree->modules()) {
      if ((*running)->model().is_builtin(entry.name)) kept.add_module(entry.name, reason);
    }
  }
}

}  // namespace kmodsec
