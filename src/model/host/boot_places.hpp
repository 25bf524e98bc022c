// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace kmodsec {

/// What decides about modules beside the folders of modprobe and depmod: the images
/// that are booted, the policy and the keys, the configuration and the hooks of the programs that
/// make images and packages of modules, units, and audit rules. Each is optional on a host.
inline constexpr std::array<std::string_view, 25> boot_places = {"/boot",
                                                                 "/efi",
                                                                 "/etc/kmodsec",
                                                                 "/etc/initramfs-tools",
                                                                 "/usr/share/initramfs-tools",
                                                                 "/etc/dracut.conf",
                                                                 "/etc/dracut.conf.d",
                                                                 "/usr/lib/dracut",
                                                                 "/etc/mkinitcpio.conf",
                                                                 "/etc/mkinitcpio.conf.d",
                                                                 "/etc/mkinitcpio.d",
                                                                 "/etc/initcpio",
                                                                 "/usr/lib/initcpio",
                                                                 "/etc/mkinitfs",
                                                                 "/etc/booster.yaml",
                                                                 "/etc/kernel",
                                                                 "/usr/lib/kernel",
                                                                 "/etc/dkms",
                                                                 "/var/lib/dkms",
                                                                 "/var/lib/shim-signed",
                                                                 "/etc/pki/akmods",
                                                                 "/etc/audit",
                                                                 "/etc/systemd/system",
                                                                 "/usr/lib/systemd/system",
                                                                 "/lib/systemd/system"};

/// Whether a path is one of these or below one.
inline bool is_of_boot_places(std::string_view path) {
  return std::ranges::any_of(boot_places, [&](std::string_view place) {
    return path.starts_with(place) && (path.size() == place.size() || path[place.size()] == '/');
  });
}

}  // namespace kmodsec
