// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/loading/load_config.hpp"

namespace kmodsec {

/// A file of modules-load.d(5): a module on each line; `#` and `;` start comments (systemd:
/// src/modules-load/modules-load.c). What reads like a line of modprobe.d is a problem: the name of
/// no module has blanks in it.
LoadConfig parse_modules_load(std::string_view text, const std::string& source);

/// A file of modules-load.d, or /etc/modules, as shell scripts read it: the first word of each line
/// is a module, and the others are its options or count for nothing (OpenRC 0.48:
/// init.d/modules.in; Debian's kmod: /etc/init.d/kmod).
LoadConfig parse_module_lines(std::string_view text, const std::string& source);

/// /etc/conf.d/modules of OpenRC, shell: the words of `modules` and of `modules_VERSION`, which
/// counts for that kernel alone and is taken for all. What is made up of variables is left out.
LoadConfig parse_openrc_modules(std::string_view text, const std::string& source);

/// The last `modules_load=` or `modules-load=` that stands behind a blank, quotes and all: what the
/// scripts of Void's runit and of dinit take from the kernel's command line.
LoadConfig parse_script_load_parameters(std::string_view text, const std::string& source);

}  // namespace kmodsec
