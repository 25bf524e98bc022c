// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/boot_needs.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "format/host/mount_charsets.hpp"
#include "format/host/mount_table.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t fstab_limit = 1024UL * 1024;
constexpr std::string_view snaps = "/var/lib/snapd/snaps";

Result<void> add_mounts(const Root& root, std::vector<BootNeed>& needs) {
  const auto text = root.read("/etc/fstab", fstab_limit);
  if (!text && is_absent(root, "/etc/fstab", text.error())) return {};
  if (!text) return std::unexpected(text.error());
  for (const Mount& mount : parse_fstab(*text)) {
    const std::string why =
        fmt::format("/etc/fstab mounts {} as {}", mount.mount_point, mount.type);
    needs.push_back({"fs-" + mount.type, why});
    for (std::string& charset : charsets_of_mount(mount.type, mount.options))
      needs.push_back({std::move(charset), why});
  }
  return {};
}

Result<void> add_snaps(const Root& root, std::vector<BootNeed>& needs) {
  const auto entries = root.list(snaps);
  if (!entries && is_absent(root, snaps, entries.error())) return {};
  if (!entries) return std::unexpected(entries.error());
  for (const Entry& entry : *entries) {
    if (!entry.name.ends_with(".snap")) continue;
    needs.push_back({"fs-squashfs", fmt::format("snap packages are mounted with it: {}/{}", snaps,
                                                utf8_text(entry.name))});
    return {};
  }
  return {};
}

}  // namespace

Seen<std::vector<BootNeed>> collect_boot_needs(const Root& root) {
  std::vector<BootNeed> needs;
  if (auto added = add_mounts(root, needs); !added) return std::unexpected(added.error());
  if (auto added = add_snaps(root, needs); !added) return std::unexpected(added.error());
  return needs;
}

}  // namespace kmodsec
