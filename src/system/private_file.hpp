// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "base/result.hpp"

namespace kmodsec {

/// Makes an empty file that only its owner may read and write, and its folder, where they are
/// missing. A file that is there stays as it is.
Result<void> make_private_file(const std::string& path);

}  // namespace kmodsec
