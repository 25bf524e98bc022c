// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace kmodsec {

/// The programs that every load passes through, where distributions have them: what the kernel runs
/// (linux: CONFIG_MODPROBE_PATH) and the other names of kmod(8), depmod, which makes the indexes,
/// what loads the modules of modules-load.d, and what loads the drivers of devices: udevd of
/// systemd and that of eudev. Each is optional on a host.
inline constexpr std::array<std::string_view, 17> program_places = {
    "/sbin/modprobe",
    "/usr/sbin/modprobe",
    "/usr/bin/modprobe",
    "/sbin/insmod",
    "/usr/sbin/insmod",
    "/usr/bin/insmod",
    "/sbin/depmod",
    "/usr/sbin/depmod",
    "/usr/bin/depmod",
    "/bin/kmod",
    "/usr/bin/kmod",
    "/lib/systemd/systemd-modules-load",
    "/usr/lib/systemd/systemd-modules-load",
    "/lib/systemd/systemd-udevd",
    "/usr/lib/systemd/systemd-udevd",
    "/sbin/udevd",
    "/usr/sbin/udevd"};

/// Whether a path is one of these.
inline bool is_of_program_places(std::string_view path) {
  return std::ranges::find(program_places, path) != program_places.end();
}

}  // namespace kmodsec
