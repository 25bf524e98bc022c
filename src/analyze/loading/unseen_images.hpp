// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/check.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// What may decide in an initramfs of this kernel, and was not seen.
inline std::vector<Unseen> unseen_images(const ModuleTree& tree) {
  if (!tree.initramfs_images) return {unseen_because(tree.initramfs_images.error())};
  std::vector<Unseen> unseen;
  if (!tree.boot) return {unseen_because(tree.boot.error())};
  unseen = tree.boot->unseen_images;
  for (const InitramfsImage& image : *tree.initramfs_images)
    unseen.insert(unseen.end(), image.load.unseen.begin(), image.load.unseen.end());
  return unseen;
}

}  // namespace kmodsec
