// SPDX-License-Identifier: GPL-2.0-or-later
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "format/signatures/kernel_asn1.hpp"
#include "format/signatures/kernel_x509.hpp"

namespace kmodsec {
namespace {

/// Takes `count` digits off the front; nothing when there are others.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  int value = 0;
  for (const char digit : text.substr(0, count)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  text.remove_prefix(count);
  return value;
}

std::optional<int> take_year(unsigned char tag, std::string_view& text) {
  constexpr std::size_t short_form = 13;
  constexpr std::size_t long_form = 15;
  if (tag == kernel_asn1::utc_time && text.size() == short_form) {
    const auto year = take_digits(text, 2);
    return year ? std::optional(*year + (*year >= 50 ? 1900 : 2000)) : std::nullopt;
  }
  if (tag != kernel_asn1::general_time || text.size() != long_form) return std::nullopt;
  const auto year = take_digits(text, 4);
  const bool is_for_short_form = year && *year >= 1950 && *year <= 2049;
  return is_for_short_form ? std::nullopt : year;
}

}  // namespace

std::optional<std::int64_t> kernel_time(unsigned char tag, std::string_view value) {
  const auto year = take_year(tag, value);
  if (!year) return std::nullopt;
  const auto month = take_digits(value, 2);
  const auto day = take_digits(value, 2);
  const auto hour = take_digits(value, 2);
  const auto minute = take_digits(value, 2);
  const auto second = take_digits(value, 2);
  if (!month || !day || !hour || !minute || !second || value != "Z" || *year < 1970)
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *hour > 24 || *minute > 59 || *second > 60) return std::nullopt;
  const std::chrono::sys_days days(date);
  return (days.time_since_epoch() + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
          std::chrono::seconds(*second)) /
         std::chrono::seconds(1);
}

}  // namespace kmodsec
