// SPDX-License-Identifier: GPL-2.0-or-later
//
// What asks for modules in an initramfs besides udev, as the tools that make one write it down.
#pragma once

#include <string>
#include <string_view>

#include "model/loading/load_config.hpp"

namespace kmodsec {

/// /conf/modules of initramfs-tools: plain modprobe gets each line, a module and its options
/// (initramfs-tools: scripts/functions, load_modules).
LoadConfig parse_conf_modules(std::string_view text, const std::string& source);

/// What the scripts of initramfs-tools take from the kernel's command line, word by word, quotes
/// and all: the last `blacklist=` makes lines of modprobe.d, and some others load what they need
/// (initramfs-tools 0.142: init, scripts/init-top, scripts/local, scripts/nfs).
LoadConfig parse_initramfs_tools_parameters(std::string_view text, const std::string& source);

/// Whether the /init of an image exports MODPROBE_OPTIONS with `-b`: each modprobe then applies the
/// blacklist to names as well (initramfs-tools: init, kmod: tools/modprobe.c).
bool init_applies_blacklist(std::string_view script);

/// The parameters of dracut, of its part of the command line or the kernel's (dracut.cmdline(7)):
/// plain modprobe gets what `rd.driver.pre=` lists before udev starts, and what `rd.driver.post=`
/// lists once devices have settled; `rd.driver.blacklist=` makes blacklist lines, and so do the
/// words of `rd.driver.post=` (dracut: modules.d/90kernel-modules/parse-kernel.sh). Keys are exact,
/// values lose the quotes that the kernel takes off. `rd.driver.export` copies files and loads
/// nothing.
LoadConfig parse_dracut_parameters(std::string_view text, const std::string& source);

/// /config of mkinitcpio, shell: what MODULES lists goes to `modprobe -b`, which applies the
/// blacklist to names as well (mkinitcpio: init).
LoadConfig parse_mkinitcpio_config(std::string_view text, const std::string& source);

/// `earlymodules=` of the kernel's command line, which goes with MODULES: the last one counts, and
/// quotes part only where they begin the value (mkinitcpio 41: init_functions, parse_cmdline).
LoadConfig parse_mkinitcpio_parameters(std::string_view text, const std::string& source);

/// What Alpine's mkinitfs takes from the kernel's command line: plain modprobe gets the last
/// `modules=`, and what some others need; the last `blacklist=` makes lines of modprobe.d
/// (mkinitfs 3.7: initramfs-init.in).
LoadConfig parse_mkinitfs_parameters(std::string_view text, const std::string& source);

/// /etc/modules in an image of mkinitfs: plain modprobe gets each line, up to a `#`.
LoadConfig parse_mkinitfs_modules(std::string_view text, const std::string& source);

}  // namespace kmodsec
