// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/modules/module.hpp"

namespace kmodsec {

/// /proc/modules: "NAME SIZE REFCOUNT USERS STATE 0xADDRESS[ (TAINT)]", newest first
/// (linux: kernel/module/procfs.c). A module may bear a name with blanks in it, so lines are
/// taken apart from their end. A line that is none makes the whole answer `malformed`: a list
/// with a vulnerability must not pass for a list.
Result<std::vector<LoadedModule>> parse_proc_modules(std::string_view text);

}  // namespace kmodsec
