// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/mount_table.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  for (const Mount& mount : parse_fstab(input)) require(!mount.type.empty());
  const auto mounts = parse_mountinfo(input);
  for (const Mount& mount : mounts) {
    require(is_below(mount.mount_point, mount.mount_point));
    origin_of(mount.mount_point, mounts);
  }
}
