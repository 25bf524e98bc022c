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

/// The parameters of dracut, of its part of the command line or the kernel's (dracut.cmdline(7)):
/// plain modprobe gets what `rd.driver.pre=` lists before udev starts, and what `rd.driver.post=`
/// lists once devices have settled; `rd.driver.blacklist=` makes blacklist lines (dracut:
/// modules.d/90kernel-modules/parse-kernel.sh). `rd.driver.export` copies files and loads nothing.
LoadConfig parse_dracut_parameters(std::string_view text, const std::string& source);

/// /config of mkinitcpio, shell: what MODULES lists goes to `modprobe -b`, which applies the
/// blacklist to names as well (mkinitcpio: init).
LoadConfig parse_mkinitcpio_config(std::string_view text, const std::string& source);

}  // namespace kmodsec
