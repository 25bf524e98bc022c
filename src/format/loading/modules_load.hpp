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

}  // namespace kmodsec
