// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/usage/record_place.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace kmodsec::test {
namespace {

/// As somebody could set it who may ask for a recording of the host, and not move its clock.
class GivenTime : public ::testing::Test {
 protected:
  static constexpr std::int64_t given = 1000;

  GivenTime() { ::setenv("SOURCE_DATE_EPOCH", "1000", 1); }
  ~GivenTime() override { ::unsetenv("SOURCE_DATE_EPOCH"); }
};

TEST_F(GivenTime, IsNotThatOfTheRecordOfThisHost) {
  EXPECT_GT(time_of_recording({}), given);
  LearnOptions options;
  options.store = "usage.db";
  EXPECT_EQ(time_of_recording(options), given);
}

}  // namespace
}  // namespace kmodsec::test
