// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/host/absence.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "collect/paths.hpp"

namespace kmodsec {
namespace {

using Paths = std::span<const std::string_view>;

/// Every kernel has these, however it was built (linux: fs/proc/, kernel/sysctl.c,
/// kernel/utsname_sysctl.c, mm/util.c, fs/file_table.c).
constexpr std::string_view proc_files[] = {"/proc/cmdline",     "/proc/cpuinfo",   "/proc/devices",
                                           "/proc/filesystems", "/proc/loadavg",   "/proc/meminfo",
                                           "/proc/softirqs",    "/proc/stat",      "/proc/uptime",
                                           "/proc/version",     "/proc/interrupts"};
constexpr std::string_view settings[] = {
    "/proc/sys/fs/file-max",         "/proc/sys/kernel/hostname",    "/proc/sys/kernel/osrelease",
    "/proc/sys/kernel/ostype",       "/proc/sys/kernel/panic",       "/proc/sys/kernel/pid_max",
    "/proc/sys/kernel/printk",       "/proc/sys/kernel/threads-max", "/proc/sys/kernel/version",
    "/proc/sys/vm/overcommit_memory"};

/// Of each kind of entry one (linux: drivers/base/, drivers/char/mem.c, kernel/ksysfs.c).
constexpr std::string_view sysfs_entries[] = {
    "/sys/bus/platform/drivers_autoprobe", "/sys/class/mem/null", "/sys/dev/char/1:3",
    "/sys/devices/system/cpu/online",      "/sys/firmware",       "/sys/kernel/mm",
    "/sys/kernel/uevent_seqnum",           "/sys/module/kernel"};

/// The firmware sets both at each start (UEFI 2.10, 3.3 Globally Defined Variables).
constexpr std::string_view variable_folder = "/sys/firmware/efi/efivars";
constexpr std::string_view efi_variables[] = {
    "/sys/firmware/efi/efivars/BootCurrent-8be4df61-93ca-11d2-aa0d-00e098032b8c",
    "/sys/firmware/efi/efivars/BootOrder-8be4df61-93ca-11d2-aa0d-00e098032b8c"};

constexpr std::string_view accounts[] = {"/etc/passwd", "/etc/group"};
constexpr std::string_view variable_data[] = {"/var/cache", "/var/lib", "/var/log", "/var/tmp"};
constexpr std::string_view root_home[] = {"/root"};
constexpr std::string_view images[] = {"/boot"};
constexpr std::string_view run_files[] = {"/run/lock"};
constexpr std::string_view programs[] = {"/usr/bin/env", "/bin/sh"};
constexpr std::string_view nothing_ever[] = {"/dev/."};

/// Folders in which one of these is on every host, under one of their names.
constexpr std::string_view linker_folders[] = {"/lib64", "/lib", "/usr/lib64", "/usr/lib"};
constexpr std::string_view linker_names[] = {"ld-", "ld64.so", "ld.so"};
constexpr std::string_view system_programs[] = {"/usr/sbin/ldconfig", "/usr/sbin/nologin",
                                                "/usr/sbin/init",     "/sbin/ldconfig",
                                                "/sbin/nologin",      "/sbin/init"};

struct Place {
  std::string_view folder;
  Paths always;  ///< All of them.
};

/// The innermost first.
constexpr std::array<Place, 15> known_places = {{{"/sys/firmware/efi/", efi_variables},
                                                 {"/proc/sys/", settings},
                                                 {"/proc/", proc_files},
                                                 {"/sys/", sysfs_entries},
                                                 {"/etc/", accounts},
                                                 {"/var/", variable_data},
                                                 {"/root/", root_home},
                                                 {"/boot/", images},
                                                 {"/run/", run_files},
                                                 {"/dev/", nothing_ever},
                                                 {"/usr/sbin/", programs},
                                                 {"/sbin/", programs},
                                                 {"/usr/bin/", programs},
                                                 {"/usr/", programs},
                                                 {"/lib/", programs}}};

bool is_there(const Root& root, std::string_view path) { return root.status(path).has_value(); }

bool has_dynamic_linker(const Root& root) {
  const auto is_linker = [&](std::string_view folder, const Entry& entry) {
    const bool is_named_so = std::ranges::any_of(
        linker_names, [&](std::string_view start) { return entry.name.starts_with(start); });
    return is_named_so && is_there(root, fmt::format("{}/{}", folder, entry.name));
  };
  return std::ranges::any_of(linker_folders, [&](std::string_view folder) {
    const auto entries = root.list(folder);
    return entries && std::ranges::any_of(
                          *entries, [&](const Entry& entry) { return is_linker(folder, entry); });
  });
}

bool is_of_distribution(std::string_view folder) { return folder == "/usr/" || folder == "/lib/"; }

bool is_for_administrators(std::string_view folder) {
  return folder == "/usr/sbin/" || folder == "/sbin/";
}

bool is_volatile(std::string_view folder) { return folder == "/run/" || folder == "/dev/"; }

bool is_whole(const Root& root, const Place& place) {
  if (is_volatile(place.folder) && !has_kernel_state(root)) return true;
  const auto is_seen = [&](std::string_view path) { return is_there(root, path); };
  if (!std::ranges::all_of(place.always, is_seen)) return false;
  if (is_for_administrators(place.folder)) return std::ranges::any_of(system_programs, is_seen);
  if (is_of_distribution(place.folder))
    return is_folder(root, "/usr/lib") && has_dynamic_linker(root);
  return true;
}

/// The innermost folder that is known; "/boot" itself is one as much as what is in it.
const Place* place_of(std::string_view path) {
  const auto place = std::ranges::find_if(known_places, [&](const Place& candidate) {
    return path.starts_with(candidate.folder) || (path == "/boot" && candidate.folder == "/boot/");
  });
  return place == known_places.end() ? nullptr : &*place;
}

/// "/opt" of "/opt/driver/x.ko".
std::string_view topmost_of(std::string_view path) { return path.substr(0, path.find('/', 1)); }

Error not_whole(std::string_view path, std::string_view folder) {
  return {ErrorKind::not_found, utf8_text(path),
          fmt::format("not found, and what was captured of {} is not the whole of it",
                      utf8_text(folder))};
}

bool has_entries(const Root& root, std::string_view folder) {
  const auto entries = root.list(folder);
  return entries ? !entries->empty() : entries.error().kind != ErrorKind::not_found;
}

}  // namespace

std::optional<Error> doubt_about_absence(const Root& root, std::string_view path) {
  const bool is_variable = path.starts_with(known_places.front().folder);
  if (root.is_whole() && is_variable && !has_entries(root, variable_folder))
    return Error{ErrorKind::not_found, utf8_text(path), "the EFI variables are not mounted"};
  if (root.is_whole()) return std::nullopt;
  const Place* place = place_of(path);
  if (place == nullptr && is_there(root, topmost_of(path))) return std::nullopt;
  if (place == nullptr && (path != topmost_of(path) || !is_whole(root, known_places.back())))
    return not_whole(path, topmost_of(path));
  if (place == nullptr || is_whole(root, *place)) return std::nullopt;
  return not_whole(path, place->folder.substr(0, place->folder.size() - 1));
}

Error why_not_seen(const Root& root, std::string_view path, const Error& error) {
  if (error.kind != ErrorKind::not_found) return error;
  return doubt_about_absence(root, path).value_or(error);
}

bool is_absent(const Root& root, std::string_view path, const Error& error) {
  return error.kind == ErrorKind::not_found && !doubt_about_absence(root, path);
}

std::optional<Error> doubt_about_no_kernel_state(const Root& root) {
  auto doubt = doubt_about_absence(root, "/usr/.");
  if (doubt) *doubt = {ErrorKind::not_found, "/proc/modules", "not part of what was captured"};
  return doubt;
}

bool has_kernel_state(const Root& root) {
  return root.is_running_system() || has_entries(root, "/proc") || has_entries(root, "/sys");
}

}  // namespace kmodsec
