// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/kernel/host_tools.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace kmodsec {
namespace {

/// The last two are those of NixOS and Guix, which have no others.
constexpr std::array<std::string_view, 5> folders = {"/usr/sbin/", "/usr/bin/", "/sbin/",
                                                     "/run/current-system/sw/bin/",
                                                     "/run/current-system/profile/sbin/"};

bool has_systemd(const Root& root) {
  return root.status("/usr/lib/systemd/systemd").has_value() ||
         root.status("/lib/systemd/systemd").has_value();
}

}  // namespace

bool has_program(const Root& root, std::string_view name) {
  return std::ranges::any_of(folders, [&](std::string_view folder) {
    return root.status(std::string(folder) + std::string(name)).has_value();
  });
}

HostTools collect_host_tools(const Root& root) {
  return {.systemd = has_systemd(root),
          .auditd = has_program(root, "augenrules"),
          .update_initramfs = has_program(root, "update-initramfs"),
          .dracut = has_program(root, "dracut"),
          .mkinitcpio = has_program(root, "mkinitcpio")};
}

bool systemd_runs(const Root& root) { return root.status("/run/systemd/system").has_value(); }

}  // namespace kmodsec
