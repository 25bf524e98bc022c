// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/host/local_time.hpp"

#include <ctime>

namespace kmodsec {

std::optional<std::int64_t> local_time(const std::string& text, bool of_this_host) {
  std::tm parts{};
  if (::strptime(text.c_str(), "%Y-%m-%d %H:%M:%S", &parts) == nullptr) return std::nullopt;
  parts.tm_isdst = -1;
  const std::time_t time = of_this_host ? ::mktime(&parts) : ::timegm(&parts);
  if (time == -1) return std::nullopt;
  return time;
}

std::int64_t start_of_day(std::int64_t time, bool of_this_host) {
  const std::time_t now = time;
  std::tm parts{};
  static_cast<void>(of_this_host ? ::localtime_r(&now, &parts) : ::gmtime_r(&now, &parts));
  parts.tm_hour = parts.tm_min = parts.tm_sec = 0;
  parts.tm_isdst = -1;
  return of_this_host ? ::mktime(&parts) : ::timegm(&parts);
}

}  // namespace kmodsec
