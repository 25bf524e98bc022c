// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/loading/load_config.hpp"

namespace kmodsec {

/// What the kernel's command line says of modules, to modprobe, to systemd and to the kernel
/// itself: `MODULE.parameter=value` and `modprobe.blacklist=` (kmod: libkmod/libkmod-config.c,
/// kmod_config_parse_kcmdline), `modules_load=` (systemd-modules-load.service(8)),
/// `module_blacklist=`, `initcall_blacklist=`, `nomodule` (linux: kernel-parameters.txt).
LoadConfig parse_kernel_load_parameters(std::string_view command_line, const std::string& source);

}  // namespace kmodsec
