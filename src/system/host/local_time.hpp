// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace kmodsec {

/// "YYYY-MM-DD HH:MM:SS" in seconds since 1970-01-01T00:00:00Z: in the time zone of this host, or
/// in UTC for a tree of another one, whose zone is not known.
std::optional<std::int64_t> local_time(const std::string& text, bool of_this_host);

/// When the day of that time began: in the time zone of this host, or in UTC.
std::int64_t start_of_day(std::int64_t time, bool of_this_host);

}  // namespace kmodsec
