// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace kmodsec {

/// Where module files and their configuration stand: who may write there decides what code enters
/// the kernel. Each is optional on a healthy host; several are one folder where /lib leads to
/// /usr/lib.
inline constexpr std::string_view module_folders[] = {"/lib/modules", "/usr/lib/modules"};

inline constexpr std::string_view configuration_paths[] = {
    "/etc/modprobe.d",
    "/run/modprobe.d",
    "/usr/local/lib/modprobe.d",
    "/usr/lib/modprobe.d",
    "/lib/modprobe.d",
    "/etc/modules-load.d",
    "/run/modules-load.d",
    "/usr/local/lib/modules-load.d",
    "/usr/lib/modules-load.d",
    "/lib/modules-load.d",
    "/etc/depmod.d",
    "/run/depmod.d",
    "/usr/lib/depmod.d",
    "/lib/depmod.d",
    "/etc/modules",
    "/etc/kmodsec",
};

}  // namespace kmodsec
