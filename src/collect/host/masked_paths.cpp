// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/host/masked_paths.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "collect/host/folders.hpp"
#include "format/host/mount_table.hpp"
#include "model/host/program_places.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t table_limit = 16UL * 1024 * 1024;
constexpr std::string_view package_databases[] = {"/var/lib/dpkg"};

/// linux: include/linux/proc_ns.h, PROC_PID_INIT_INO.
constexpr std::string_view initial_pid_namespace = "pid:[4026531836]";

using Places = std::span<const std::string_view>;

MaskedPaths everywhere(const std::string& why) {
  const std::vector<Unseen> root = {{"/", why}};
  return {.modules = root, .configuration = root, .packages = root, .programs = root};
}

/// What process 1 sees, and what this one does.
class Views {
 public:
  Views(std::vector<Mount> ours, std::vector<Mount> theirs)
      : ours_(std::move(ours)), theirs_(std::move(theirs)) {}

  bool differ_at(std::string_view path) const {
    return origin_of(path, ours_) != origin_of(path, theirs_);
  }

  std::vector<Unseen> differences(Places places) const {
    std::vector<Unseen> masked;
    for (const std::string& path : with_mounts_below(places)) {
      const bool told = !masked.empty() && is_below(path, masked.back().what);
      if (!told && differ_at(path))
        masked.push_back({path, "hidden: process 1 sees something else there"});
    }
    return masked;
  }

 private:
  std::set<std::string> with_mounts_below(Places places) const {
    std::set<std::string> paths(places.begin(), places.end());
    const auto is_examined = [&](std::string_view path) {
      return std::ranges::any_of(places, [&](std::string_view at) { return is_below(path, at); });
    };
    for (const std::vector<Mount>* mounts : {&ours_, &theirs_}) {
      for (const Mount& mount : *mounts) {
        if (is_examined(mount.mount_point)) paths.insert(mount.mount_point);
      }
    }
    return paths;
  }

  std::vector<Mount> ours_;
  std::vector<Mount> theirs_;
};

}  // namespace

Seen<MaskedPaths> collect_masked_paths(const Root& root) {
  if (!root.is_running_system()) return MaskedPaths{};
  const auto processes = root.read_link("/proc/self/ns/pid");
  if (!processes) return std::unexpected(processes.error());
  if (*processes != initial_pid_namespace)
    return everywhere("this process runs in a container: its files may not be the host's");
  const auto ours = root.read("/proc/self/mountinfo", table_limit);
  if (!ours) return std::unexpected(ours.error());
  const auto theirs = root.read("/proc/1/mountinfo", table_limit);
  if (!theirs) return std::unexpected(theirs.error());

  const Views views(parse_mountinfo(*ours), parse_mountinfo(*theirs));
  if (views.differ_at("/"))
    return everywhere("another root than that of process 1: its files may not be the host's");
  return MaskedPaths{.modules = views.differences(module_folders),
                     .configuration = views.differences(configuration_paths),
                     .packages = views.differences(package_databases),
                     .programs = views.differences(program_places)};
}

Result<void> owners_can_be_told(const Root& root) {
  if (!root.is_running_system()) return {};
  constexpr std::string_view path = "/proc/self/uid_map";
  const auto map = root.read(path, table_limit);
  if (!map && map.error().kind == ErrorKind::not_found) return {};
  if (!map) return std::unexpected(map.error());
  const std::vector<std::string_view> everybody = {"0", "0", "4294967295"};
  if (split_words(trim(*map)) == everybody) return {};
  return failure(ErrorKind::denied, std::string(path),
                 "user ids are mapped for this process: owners of files cannot be determined");
}

}  // namespace kmodsec
