// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/utc_time.hpp"

#include <cstddef>
#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace kmodsec {

std::string utc_text(std::int64_t seconds) {
  if (seconds < 0 || seconds > last_second) return fmt::format("second {}", seconds);
  return fmt::format("{:%Y-%m-%d %H:%M:%S}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

std::string utc_date(std::int64_t seconds) {
  constexpr std::size_t size = 10;
  if (seconds < 0 || seconds > last_second) return utc_text(seconds);
  return utc_text(seconds).substr(0, size);
}

std::string rfc3339_time(std::int64_t seconds) {
  if (seconds < 0 || seconds > last_second) return {};
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

}  // namespace kmodsec
