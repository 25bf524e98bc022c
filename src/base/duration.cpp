// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/duration.hpp"

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t week = 7 * day;
constexpr std::int64_t longest = 3653 * day;

std::int64_t seconds_in(char unit) {
  switch (unit) {
    case 's': return 1;
    case 'm': return minute;
    case 'h': return hour;
    case 'd': return day;
    case 'w': return week;
    default: return 0;
  }
}

}  // namespace

std::optional<std::int64_t> parse_duration(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const auto number = parse_number<std::uint32_t>(text.substr(0, text.size() - 1));
  const std::int64_t unit = seconds_in(text.back());
  if (!number || unit == 0 || *number > longest / unit) return std::nullopt;
  return *number * unit;
}

}  // namespace kmodsec
