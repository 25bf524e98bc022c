// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace kmodsec {

/// The elements of all of them, in order.
template <std::size_t... counts>
constexpr auto joined_paths(const std::array<std::string_view, counts>&... parts) {
  std::array<std::string_view, (counts + ...)> all;
  auto end = all.begin();
  ((end = std::ranges::copy(parts, end).out), ...);
  return all;
}

/// Where module files and their configuration stand: who may write there decides what code enters
/// the kernel. Each is optional on a healthy host; several are one folder where /lib leads to
/// /usr/lib.
inline constexpr std::array<std::string_view, 2> module_folders = {"/lib/modules",
                                                                   "/usr/lib/modules"};

/// Highest precedence first (kmod: libkmod/libkmod.c, default_config_paths).
inline constexpr std::array<std::string_view, 5> modprobe_folders = {
    "/etc/modprobe.d", "/run/modprobe.d", "/usr/local/lib/modprobe.d", "/usr/lib/modprobe.d",
    "/lib/modprobe.d"};

/// Highest precedence first (modules-load.d(5)).
inline constexpr std::array<std::string_view, 5> modules_load_folders = {
    "/etc/modules-load.d", "/run/modules-load.d", "/usr/local/lib/modules-load.d",
    "/usr/lib/modules-load.d", "/lib/modules-load.d"};

/// Highest precedence first (kmod: tools/depmod.c, default_cfg_paths).
inline constexpr std::array<std::string_view, 5> depmod_folders = {
    "/etc/depmod.d", "/run/depmod.d", "/usr/local/lib/depmod.d", "/usr/lib/depmod.d",
    "/lib/depmod.d"};

/// Units of the system's manager, highest precedence first (systemd.unit(5)).
inline constexpr std::array<std::string_view, 10> system_unit_folders = {
    "/etc/systemd/system.control",  "/run/systemd/system.control",   "/run/systemd/transient",
    "/run/systemd/generator.early", "/etc/systemd/system",           "/run/systemd/system",
    "/run/systemd/generator",       "/usr/local/lib/systemd/system", "/usr/lib/systemd/system",
    "/lib/systemd/system"};

/// The configuration of the system's manager itself, highest precedence first, and the folders of
/// its drop-ins (systemd-system.conf(5)).
inline constexpr std::array<std::string_view, 4> system_manager_files = {
    "/etc/systemd/system.conf", "/run/systemd/system.conf", "/usr/local/lib/systemd/system.conf",
    "/usr/lib/systemd/system.conf"};
inline constexpr std::array<std::string_view, 4> system_manager_folders = {
    "/etc/systemd/system.conf.d", "/run/systemd/system.conf.d",
    "/usr/local/lib/systemd/system.conf.d", "/usr/lib/systemd/system.conf.d"};

inline constexpr auto configuration_paths =
    joined_paths(modprobe_folders, modules_load_folders, depmod_folders,
                 std::array<std::string_view, 2>{"/etc/modules", "/etc/kmodsec"});

}  // namespace kmodsec
