// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/image_door.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kmodsec {
namespace {

ModuleTree tree_inside(const BootImage& image, const ModuleTree& tree) {
  ModuleTree inside;
  inside.release = tree.release;
  inside.folder = image.path + ":" + tree.folder;
  inside.index = image.index;
  inside.softdeps = image.softdeps;
  inside.builtin = tree.builtin;
  return inside;
}

}  // namespace

ImageDoor::ImageDoor(const BootImage& image, const ModuleTree& tree, KernelRefuses refuses)
    : image_(image),
      inside_(tree_inside(image, tree)),
      model_(image.load, inside_),
      refuses_(std::move(refuses)) {
  for (const ImageModule& module : image.modules) modules_.emplace(module.name, &module);
}

DoorVerdict ImageDoor::lets_in(const std::string& module, const Insertion& insertion,
                               std::string note) const {
  DoorVerdict verdict{Door::initramfs, DoorOutcome::loads, std::nullopt,
                      fmt::format("{}: {}", image_.path, note)};
  const auto reason = insertion.reasons.find(module);
  if (reason != insertion.reasons.end()) {
    verdict.decided_by = reason->second.by;
    verdict.note += ": " + reason->second.note;
  }
  return verdict;
}

DoorVerdict ImageDoor::judge(const std::string& module, bool has_alias) const {
  if (!holds(module))
    return {Door::initramfs, DoorOutcome::impossible, std::nullopt, "not in " + image_.path};
  const Insertion own = follow(model_.steps({.module = module}), model_, refuses_);
  const ConfigLine* blacklist = model_.blacklist_line(module);
  if (has_alias && blacklist == nullptr && own.brings(module))
    return lets_in(module, own, "nothing in the image denies it");
  for (const LoadRequest& request : image_.load.at_boot) {
    for (const Candidate& candidate : model_.look_up(request.name)) {
      const Insertion insertion = follow(model_.steps(candidate), model_, refuses_);
      if (insertion.brings(module))
        return lets_in(module, insertion, "asked for by " + request.source);
    }
  }
  for (const IndexEntry& entry : image_.index) {
    if (std::ranges::find(entry.depends, module) == entry.depends.end()) continue;
    if (model_.blacklist_line(entry.name) != nullptr) continue;
    const Insertion insertion = follow(model_.steps({.module = entry.name}), model_, refuses_);
    if (insertion.brings(module)) return lets_in(module, insertion, "with " + entry.name);
  }
  if (const auto reason = own.reasons.find(module); reason != own.reasons.end())
    return {Door::initramfs, DoorOutcome::denied, reason->second.by, reason->second.note};
  if (blacklist != nullptr)
    return {Door::initramfs, DoorOutcome::denied, deciding(*blacklist), "blacklisted in the image"};
  return {Door::initramfs, DoorOutcome::impossible, std::nullopt,
          "nothing asks for it in " + image_.path};
}

}  // namespace kmodsec
