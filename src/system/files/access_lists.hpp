// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The lists of what a descriptor stands for, of one that was opened for its path alone (O_PATH),
/// too. `path` is what an error names.
Result<AccessLists> access_lists_of(int fd, std::string_view path);

}  // namespace kmodsec
