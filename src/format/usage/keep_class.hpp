// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.hpp"
#include "model/usage/keep_set.hpp"

namespace kmodsec {

/// How many rules one class may have.
inline constexpr std::size_t most_keep_rules = 1024;

/// A file of data/keep-classes/ or /etc/kmodsec/keep-classes.d/; docs/learn.md describes the
/// format. Errors: `malformed` with the line, `too_large`.
Result<KeepClass> parse_keep_class(std::string_view text);

}  // namespace kmodsec
