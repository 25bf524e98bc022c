// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <ranges>

namespace kmodsec {

/// Whether one of the elements is equal to the value (std::ranges::contains, which GCC 12 lacks).
template <std::ranges::input_range Range, class Value>
bool contains(const Range& range, const Value& value) {
  return std::ranges::find(range, value) != std::ranges::end(range);
}

}  // namespace kmodsec
