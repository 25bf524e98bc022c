// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/deny_offer.hpp"

#include <algorithm>

#include "analyze/boot/initramfs_rebuild.hpp"
#include "analyze/host/owned_paths.hpp"
#include "base/shown_text.hpp"

namespace kmodsec {
namespace {

bool is_open(const LoadPathVerdict& verdict) {
  return verdict.outcome <= LoadPathOutcome::runs && verdict.load_path != LoadPath::insmod;
}

/// The line of modprobe.d that closes the other load paths.
const DecidingLine* deny_of_host(const ModuleLoadPaths& module) {
  for (const LoadPathVerdict& verdict : module.load_paths) {
    const bool is_denied = verdict.outcome == LoadPathOutcome::denied &&
                           verdict.load_path != LoadPath::initramfs && verdict.decided_by;
    if (is_denied && verdict.decided_by->file.find("/modprobe.d/") != std::string::npos)
      return &*verdict.decided_by;
  }
  return nullptr;
}

bool lacks_line(const InitramfsImage& image, const std::string& text) {
  return std::ranges::none_of(image.load.lines,
                              [&](const ConfigLine& line) { return shortened(line.text) == text; });
}

bool holds(const InitramfsImage& image, const std::string& module) {
  return std::ranges::find(image.modules, module, &ImageModule::name) != image.modules.end();
}

}  // namespace

bool is_open_in_image_alone(const ModuleLoadPaths& module) {
  if (load_state_of(module) != LoadState::open || deny_of_host(module) == nullptr) return false;
  return std::ranges::all_of(module.load_paths, [](const LoadPathVerdict& verdict) {
    return verdict.load_path == LoadPath::initramfs || !is_open(verdict);
  });
}

bool is_deny_offered(const ModuleLoadPaths& module, const ModuleUse& use) {
  return load_state_of(module) == LoadState::open && module.position < AttackerPosition::root &&
         !use.has_users() && !is_open_in_image_alone(module);
}

std::string rebuild_offered(const ModuleLoadPaths& module, const ModuleTree& tree,
                            const Facts& facts) {
  if (!tree.initramfs_images || !is_open_in_image_alone(module)) return {};
  const DecidingLine& deny = *deny_of_host(module);
  const auto image = std::ranges::find_if(*tree.initramfs_images, [&](const InitramfsImage& one) {
    return holds(one, module.name) && lacks_line(one, deny.text);
  });
  if (image == tree.initramfs_images->end()) return {};
  if (deny.file != deny_file_path) return rebuild_command(*image, tree.release);
  const bool leaves_out = facts.policy && facts.policy->deny.initramfs == DenyInInitramfs::exclude;
  return leaves_out ? std::string() : "kmodsec apply";
}

}  // namespace kmodsec
