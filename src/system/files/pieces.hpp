// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string_view>

#include "base/result.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Looks at a piece of a file; false when no more is wanted.
using LookAtPiece = std::function<bool(std::string_view piece)>;

/// Hands out a text file in order, in pieces that end behind `separator` (the last one may not), so
/// that a search in a large file needs the memory of a piece. Errors of reading; `too_large` when
/// one piece would need more than 64 MiB.
Result<void> for_each_piece(const Root& root, std::string_view path, std::string_view separator,
                            const LookAtPiece& look_at);

}  // namespace kmodsec
