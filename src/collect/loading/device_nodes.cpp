// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/device_nodes.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "format/host/group_names.hpp"
#include "format/host/mount_table.hpp"
#include "model/modules/device_alias.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view devices = "/dev";
constexpr std::size_t node_table_limit = 16UL * 1024 * 1024;
constexpr std::size_t deepest_node = 4;

using Majors = std::set<std::string>;

/// "c10" of "char-major-10-229".
std::string major_of(std::string_view alias) {
  const auto device = parse_device_alias(alias);
  return device ? device->kind + std::string(device->major) : std::string{};
}

Majors majors_of(const std::vector<ModuleTree>& trees) {
  Majors majors;
  for (const ModuleTree& tree : trees) {
    if (aliases_in_use(tree)) {
      for (const AliasEntry& alias : *aliases_in_use(tree)) majors.insert(major_of(alias.pattern));
    }
    if (!tree.builtin) continue;
    for (const BuiltinModule& module : *tree.builtin)
      for (const std::string& alias : info_values(module.info, "alias"))
        majors.insert(major_of(alias));
  }
  majors.erase("");
  return majors;
}

/// A group of another source than the file keeps its number.
std::map<std::uint32_t, std::string> group_names(const Root& root) {
  const auto text = root.read("/etc/group", node_table_limit);
  return parse_group_names(text.value_or(""));
}

class NodeSearch {
 public:
  NodeSearch(const Root& root, Majors majors, const std::vector<Mount>& mounts)
      : root_(root), majors_(std::move(majors)), groups_(group_names(root)) {
    for (const Mount& mount : mounts) mount_points_.insert(mount.mount_point);
  }

  /// Links lead to nodes that are found by themselves; what is mounted below holds none.
  Result<void> search(const std::string& folder, std::size_t depth = 0) {
    const auto entries = root_.list(folder);
    if (!entries) return std::unexpected(entries.error());
    for (const Entry& entry : *entries) {
      const std::string path = folder + "/" + entry.name;
      if (entry.type == FileType::other) take(path);
      const bool enter = entry.type == FileType::directory && depth < deepest_node &&
                         !mount_points_.contains(utf8_text(path));
      if (enter) (void)search(path, depth + 1);
    }
    return {};
  }

  std::vector<DeviceNode> take_found() { return std::move(found_); }

 private:
  void take(const std::string& path) {
    const auto status = root_.link_status(path);
    if (!status || status->device.type == 0) return;
    const DeviceNumber& device = status->device;
    if (!majors_.contains(fmt::format("{}{}", device.type, device.major))) return;
    const auto group = groups_.find(status->gid);
    found_.push_back(
        {.path = utf8_text(path),
         .number = fmt::format("{}{}:{}", device.type, device.major, device.minor),
         .mode = status->mode,
         .uid = status->uid,
         .gid = status->gid,
         .group = group == groups_.end() ? std::to_string(status->gid) : group->second});
  }

  const Root& root_;
  Majors majors_;
  std::map<std::uint32_t, std::string> groups_;
  std::set<std::string> mount_points_;
  std::vector<DeviceNode> found_;
};

/// A unit with PrivateDevices= and a container have a /dev of their own, which is no devtmpfs.
Result<std::vector<Mount>> mounts_with_own_devices(const Root& root) {
  const auto table = root.read("/proc/self/mountinfo", node_table_limit);
  if (!table) return std::unexpected(table.error());
  std::vector<Mount> mounts = parse_mountinfo(*table);
  const auto on_top = std::find_if(mounts.rbegin(), mounts.rend(),
                                   [](const Mount& mount) { return mount.mount_point == devices; });
  if (on_top != mounts.rend() && on_top->type != "devtmpfs")
    return failure(ErrorKind::denied, std::string(devices), "this process is shown another one");
  return mounts;
}

}  // namespace

Seen<std::vector<DeviceNode>> collect_device_nodes(const Root& root,
                                                   const std::vector<ModuleTree>& trees) {
  if (!root.is_running_system())
    return failure(ErrorKind::unsupported, std::string(devices),
                   "it says nothing about a captured tree");
  Majors majors = majors_of(trees);
  const auto mounts = mounts_with_own_devices(root);
  if (!mounts) return std::unexpected(mounts.error());
  NodeSearch search(root, std::move(majors), *mounts);
  if (const auto searched = search.search(std::string(devices)); !searched)
    return std::unexpected(searched.error());
  return search.take_found();
}

}  // namespace kmodsec
