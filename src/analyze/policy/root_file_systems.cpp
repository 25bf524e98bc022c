// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/root_file_systems.hpp"

#include <algorithm>
#include <array>

#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

/// By the names of their modules; "ext4" mounts the two before it as well.
constexpr auto root_file_systems = std::to_array<std::string_view>(
    {"bcachefs", "btrfs", "erofs", "ext2", "ext3", "ext4", "f2fs", "jfs", "nfs", "nilfs2",
     "overlay", "reiserfs", "squashfs", "ubifs", "virtiofs", "xfs", "zfs"});

static_assert(std::ranges::is_sorted(root_file_systems));

}  // namespace

bool may_hold_root(std::string_view module) {
  return std::ranges::binary_search(root_file_systems, module);
}

std::set<std::string> file_systems_of(const Facts& facts) {
  std::set<std::string> modules;
  for (const ModuleTree& tree : facts.trees) {
    if (!aliases_in_use(tree)) continue;
    for (const AliasEntry& entry : *aliases_in_use(tree)) {
      if (entry.pattern.starts_with("fs-") || entry.pattern.starts_with("fs_"))
        modules.insert(normalized_module_name(entry.module));
    }
  }
  return modules;
}

}  // namespace kmodsec
