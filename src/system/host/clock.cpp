// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/host/clock.hpp"

#include <cstdlib>
#include <ctime>
#include <optional>

#include "base/text.hpp"
#include "base/utc_time.hpp"

namespace kmodsec {

std::int64_t time_of_looking() {
  const char* given = std::getenv("SOURCE_DATE_EPOCH");
  const auto seconds =
      given != nullptr ? parse_number<std::int64_t>(given) : std::optional<std::int64_t>();
  const bool is_time = seconds && *seconds >= 0 && *seconds <= last_second;
  return is_time ? *seconds : time_of_change();
}

std::int64_t time_of_change() { return std::time(nullptr); }

}  // namespace kmodsec
