// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/budget.hpp"
#include "base/result.hpp"

namespace kmodsec {

/// What is in bytes that may be compressed, as far as the run may still unpack it. Errors are those
/// of `decompress`, and of the budget.
Result<std::string> unpack_within(Budget& budget, std::string_view bytes, std::size_t limit);

}  // namespace kmodsec
