// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace kmodsec {

/// 9999-12-31T23:59:59Z in seconds since 1970-01-01T00:00:00Z. A later time is a mistake, or an
/// attack on who calculates with it.
inline constexpr std::int64_t last_second = 253'402'300'799;

/// "2026-11-24 10:00:00", in UTC, of seconds since 1970-01-01T00:00:00Z; for a time before that or
/// after `last_second` the number itself.
std::string utc_text(std::int64_t seconds);

/// The day of it: "2026-11-24".
std::string utc_date(std::int64_t seconds);

/// "2026-11-24T10:00:00Z", as RFC 3339 writes it; empty for a time before 1970 or after
/// `last_second`.
std::string rfc3339_time(std::int64_t seconds);

}  // namespace kmodsec
