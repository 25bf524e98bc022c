// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <sys/types.h>

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

FileType file_type_of(mode_t mode);

/// What is in a folder, in no order, "." and ".." left out.
Result<std::vector<Entry>> list_descriptor(int folder, std::string_view path);

}  // namespace kmodsec
