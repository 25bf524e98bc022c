// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/modules/module.hpp"

namespace kmodsec {

struct LoadedList {
  std::vector<LoadedModule> modules;
  std::vector<std::size_t> unread_lines;  ///< From 1.
};

/// /proc/modules: "NAME SIZE REFCOUNT USERS STATE 0xADDRESS[ (TAINT)]", newest first
/// (linux: kernel/module/procfs.c). A module may bear a name with blanks in it, so lines are
/// taken apart from their end. A line that is none costs that line; where no line is one, the
/// answer is `malformed`.
Result<LoadedList> parse_proc_modules(std::string_view text);

}  // namespace kmodsec
