// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "base/result.hpp"

namespace kmodsec {

/// Whether a document is as flat as ours are. toml++ makes a table of each part of a dotted key,
/// and takes them down one inside the other: enough of them are the end of the stack. Errors:
/// `malformed`, with the line.
Result<void> is_flat_toml(std::string_view text);

}  // namespace kmodsec
