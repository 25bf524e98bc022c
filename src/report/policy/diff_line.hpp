// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace kmodsec {

/// One line of a diff: kept (' '), taken away ('-') or added ('+').
struct DiffLine {
  char sign = ' ';
  std::string_view text;

  bool operator==(const DiffLine&) const = default;
};

/// How many lines may be taken away and added in `few_changes`.
inline constexpr std::size_t most_few_changes = 500;

/// The shortest way from some lines to others where it takes few changes, however many lines there
/// are; nothing where it takes more. It is the greedy algorithm of Myers: "An O(ND) Difference
/// Algorithm and Its Variations", Algorithmica 1986.
std::optional<std::vector<DiffLine>> few_changes(const std::vector<std::string_view>& before,
                                                 const std::vector<std::string_view>& after);

}  // namespace kmodsec
