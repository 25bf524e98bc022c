// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/host/own_denies.hpp"

#include "analyze/host/owned_paths.hpp"

namespace kmodsec {

std::set<std::string> denied_now(const Facts& facts) {
  std::set<std::string> denied;
  if (!facts.load) return denied;
  for (const ConfigLine& line : facts.load->lines) {
    if (line.source == deny_file_path && line.directive == Directive::install)
      denied.insert(line.name);
  }
  return denied;
}

Facts facts_without_denies(const Facts& facts) {
  Facts open = facts;
  open.live = false;
  std::erase_if(open.load->lines,
                [](const ConfigLine& line) { return line.source == deny_file_path; });
  for (ModuleTree& tree : open.trees) {
    tree.initramfs_images = std::vector<InitramfsImage>{};
    tree.files = failure(ErrorKind::unsupported, tree.folder, "a policy does not go by its files");
  }
  return open;
}

}  // namespace kmodsec
