// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/utc_time.hpp"

#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(UtcText, IsADayAndATime) {
  EXPECT_EQ(utc_text(0), "1970-01-01 00:00:00");
  EXPECT_EQ(utc_text(1795708068), "2026-11-26 15:47:48");
  EXPECT_EQ(utc_text(last_second), "9999-12-31 23:59:59");
}

TEST(UtcText, IsANumberWhereNoCalendarReaches) {
  EXPECT_EQ(utc_text(-1), "second -1");
  EXPECT_EQ(utc_text(std::numeric_limits<std::int64_t>::max()), "second 9223372036854775807");
}

TEST(Rfc3339Time, IsADayAndATimeOrNothing) {
  EXPECT_EQ(rfc3339_time(1795708068), "2026-11-26T15:47:48Z");
  EXPECT_EQ(rfc3339_time(last_second), "9999-12-31T23:59:59Z");
  EXPECT_EQ(rfc3339_time(last_second + 1), "");
  EXPECT_EQ(rfc3339_time(-1), "");
}

}  // namespace
}  // namespace kmodsec
