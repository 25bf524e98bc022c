// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/host/without_denies.hpp"

#include "analyze/host/owned_paths.hpp"

namespace kmodsec {

Facts facts_without_denies(const Facts& facts) {
  Facts open = facts;
  open.live = false;
  std::erase_if(open.load->lines,
                [](const ConfigLine& line) { return line.source == deny_file_path; });
  for (ModuleTree& tree : open.trees) tree.initramfs_images = std::vector<InitramfsImage>{};
  return open;
}

}  // namespace kmodsec
