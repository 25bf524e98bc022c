// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/block_device.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view devices = "/dev/";

struct NamedDevice {
  std::string_view start;  ///< Of the name below /dev.
  std::string_view modules;
};

/// Of two that fit the first counts.
constexpr auto named_devices = std::to_array<NamedDevice>({
    {"mapper/", "dm_mod"},
    {"dm-", "dm_mod"},
    {"disk/by-id/dm-", "dm_mod"},
    {"md/", "md_mod"},
    {"disk/by-id/md-", "md_mod"},
    {"mdp", "md_mod"},
    {"mtdblock", "mtdblock"},
    {"mmcblk", "mmc_block"},
    {"nvme", "nvme"},
    {"bcache", "bcache"},
    {"drbd", "drbd"},
    {"dasd", "dasd_mod dasd_eckd_mod dasd_fba_mod"},
    {"loop", "loop"},
    {"nbd", "nbd"},
    {"pmem", "nd_pmem"},
    {"rbd", "rbd"},
    {"zvol/", "zfs"},
    {"ubiblock", "ubi"},
    {"ubi", "ubi"},
    {"ram", "brd"},
});

/// These have a letter or a number behind them, and others begin like them.
constexpr auto lettered_devices = std::to_array<NamedDevice>({
    {"sd", "sd_mod"},
    {"vd", "virtio_blk"},
    {"xvd", "xen_blkfront"},
    {"sr", "sr_mod"},
    {"scd", "sr_mod"},
    {"md", "md_mod"},
});

/// Folders below /dev that no volume group can be named like (lvm(8): it would be refused).
constexpr std::array<std::string_view, 12> other_folders = {
    "block", "bus", "char", "cpu", "disk", "dri", "fd", "input", "mapper", "pts", "shm", "snd"};

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_lettered(std::string_view name, const NamedDevice& device) {
  return name.starts_with(device.start) && name.size() > device.start.size() &&
         std::ranges::all_of(name.substr(device.start.size()), is_letter_or_digit);
}

bool is_logical_volume(std::string_view name) {
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == name.size()) return false;
  return name.find('/', slash + 1) == std::string_view::npos &&
         std::ranges::find(other_folders, name.substr(0, slash)) == other_folders.end();
}

std::string_view words_for(std::string_view name) {
  for (const NamedDevice& device : named_devices) {
    if (name.starts_with(device.start)) return device.modules;
  }
  for (const NamedDevice& device : lettered_devices) {
    if (is_lettered(name, device)) return device.modules;
  }
  return is_logical_volume(name) ? "dm_mod" : "";
}

}  // namespace

std::vector<std::string> modules_of_block_device(std::string_view path) {
  std::vector<std::string> modules;
  if (!path.starts_with(devices)) return modules;
  for (const std::string_view word : split_words(words_for(path.substr(devices.size()))))
    modules.emplace_back(word);
  return modules;
}

}  // namespace kmodsec
