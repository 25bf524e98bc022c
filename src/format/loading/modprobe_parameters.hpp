// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/loading/load_config.hpp"

namespace kmodsec {

/// What modprobe, udev and systemd-modules-load take from the kernel's command line (kmod 29 to 34:
/// libkmod/libkmod-config.c, kmod_config_parse_kcmdline): `modprobe.blacklist=A,B` and
/// `MODULE.parameter[=value]`. The first 4095 bytes are read. Names of the blacklist stay as they
/// are written, quotes and `-` included, and so may fit no module: those are `idle_denies` as well.
/// Of an option the module is normalised and its value keeps its quotes. A name with two dots, or
/// one in which a quote begins, is none.
LoadConfig parse_modprobe_parameters(std::string_view text, const std::string& source);

}  // namespace kmodsec
