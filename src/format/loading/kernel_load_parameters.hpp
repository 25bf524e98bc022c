// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/loading/load_config.hpp"

namespace kmodsec {

/// What the kernel's command line says of modules to the kernel itself, to modprobe and to systemd,
/// each by its own rules: see `parse_modprobe_parameters` and `parse_systemd_load_parameters`. The
/// kernel reads up to "--" and takes `-` for `_` in keys, and in values not (linux:
/// kernel/module/main.c, blacklisted): of several `module_blacklist=` the last counts, those of
/// more than 1024 bytes do not; `nomodule` is a bool; `initcall_blacklist=` adds up (linux:
/// kernel/params.c, param_set_charp, and init/main.c). What was meant to deny and does not is in
/// `idle_denies`, also what only some initramfs reads: `blacklist=`, `rd.driver.blacklist=`.
LoadConfig parse_kernel_load_parameters(std::string_view command_line, const std::string& source);

}  // namespace kmodsec
