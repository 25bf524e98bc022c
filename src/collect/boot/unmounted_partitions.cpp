// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/boot/unmounted_partitions.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "collect/boot/boot_loaders.hpp"
#include "collect/limits.hpp"
#include "format/host/mount_table.hpp"

namespace kmodsec {
namespace {

std::set<std::string> mount_points(const std::vector<Mount>& mounts) {
  std::set<std::string> points;
  for (const Mount& mount : mounts) {
    std::string point = mount.mount_point;
    if (point.size() > 1 && point.ends_with('/')) point.pop_back();
    points.insert(std::move(point));
  }
  return points;
}

/// Empty folders are where other partitions would be mounted.
bool holds_files(const Root& root, const std::string& folder) {
  const auto entries = root.list(folder);
  if (!entries) return entries.error().kind != ErrorKind::not_found;
  return std::ranges::any_of(*entries, [&](const Entry& entry) {
    if (entry.type != FileType::directory) return true;
    const auto inside = root.list(folder + "/" + entry.name);
    return inside && !inside->empty();
  });
}

}  // namespace

std::vector<std::string> unmounted_partitions(const Root& root) {
  const auto fstab = root.read("/etc/fstab", configuration_limit);
  if (!fstab) return {};
  const auto wanted = mount_points(parse_fstab(*fstab));
  const auto table = root.is_running_system()
                         ? root.read("/proc/self/mountinfo", configuration_limit)
                         : failure(ErrorKind::not_found, "", "");
  const auto mounted = table ? mount_points(parse_mountinfo(*table)) : std::set<std::string>{};
  std::vector<std::string> unmounted;
  for (const std::string_view partition : boot_partitions) {
    const std::string point(partition);
    const bool is_there = table ? mounted.contains(point) : holds_files(root, point);
    if (wanted.contains(point) && !is_there) unmounted.push_back(point);
  }
  return unmounted;
}

}  // namespace kmodsec
