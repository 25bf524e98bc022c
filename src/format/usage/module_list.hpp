// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

/// The modules that a list names.
struct ModuleList {
  std::vector<std::string> names;         ///< As the kernel spells them; sorted, each once.
  std::vector<std::size_t> unread_lines;  ///< From 1: those that name none.
};

/// A list of modules as other programs write it: a name, or the path of a module file, on each line
/// (modprobed-db keeps such a list, and ModuleJail's whitelist is one); the output of lsmod(8); or
/// /proc/modules. `#` starts a comment. Errors: `malformed` where no line names a module;
/// `too_large` for more of them than a record holds.
Result<ModuleList> parse_module_list(std::string_view text);

}  // namespace kmodsec
