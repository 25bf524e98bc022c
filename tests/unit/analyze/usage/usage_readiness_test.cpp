// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/usage_readiness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "support/lean_machine.hpp"

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> reasons(const UsageRecord& record) {
  Facts facts = lean_machine();
  facts.usage = record;
  return usage_readiness(facts).reasons;
}

TEST(UsageReadiness, NeedsAWeekAndTwoBoots) {
  const UsageReadiness readiness = usage_readiness(lean_machine());
  EXPECT_TRUE(readiness.ready);
  EXPECT_TRUE(readiness.has_own_record);
  EXPECT_THAT(readiness.reasons, IsEmpty());
  EXPECT_EQ(readiness.recorded, 10 * day_of_usage);
  EXPECT_EQ(readiness.boots, 3U);
}

TEST(UsageReadiness, SaysHowShortARecordIs) {
  UsageRecord record = long_record();
  record.boots.erase(record.boots.begin(), record.boots.begin() + 2);
  EXPECT_THAT(reasons(record), ElementsAre("the record covers 2 days, and 7 days are the least",
                                           "the record has 1 boot, and 2 are the least"));
  record.boots.back().first_seen = now_of_usage - 3 * 3600;
  EXPECT_THAT(reasons(record).front(), HasSubstr("covers 3 hours"));
}

TEST(UsageReadiness, IsNoneWithoutARecord) {
  Facts facts = lean_machine();
  facts.usage = UsageRecord{};
  const UsageReadiness readiness = usage_readiness(facts);
  EXPECT_FALSE(readiness.ready);
  EXPECT_FALSE(readiness.has_own_record);
  EXPECT_THAT(readiness.reasons, ElementsAre(HasSubstr("nothing is recorded")));
}

TEST(UsageReadiness, IsNoneWhereTheRecordWasNotSeen) {
  Facts facts = lean_machine();
  facts.usage = not_seen();
  EXPECT_FALSE(usage_readiness(facts).ready);
  EXPECT_THAT(usage_readiness(facts).reasons, ElementsAre(HasSubstr("no permission")));
}

TEST(UsageReadiness, IsNoneWithTheRecordOfAnotherHost) {
  UsageRecord record = long_record();
  record.machine = "other";
  EXPECT_THAT(reasons(record), ElementsAre(HasSubstr("of another host")));
  record.machine.clear();
  EXPECT_THAT(reasons(record), ElementsAre(HasSubstr("was only imported")));
  Facts facts = lean_machine();
  facts.host.machine_id = not_seen();
  EXPECT_FALSE(usage_readiness(facts).has_own_record);
}

TEST(UsageReadiness, NoticesAClockThatWasSetBack) {
  UsageRecord record = long_record();
  record.boots.back().last_seen = now_of_usage + 1;
  EXPECT_THAT(reasons(record), ElementsAre(HasSubstr("the clock was set back")));
}

TEST(UsageReadiness, WaitsForAQuietWeek) {
  UsageRecord record = long_record();
  record.observed_since = now_of_usage - 9 * day_of_usage;
  record.stopped.push_back(
      {"isofs", now_of_usage - 8 * day_of_usage, now_of_usage - 8 * day_of_usage, 1, {}});
  EXPECT_THAT(reasons(record), IsEmpty());
  record.stopped.push_back(
      {"udf", now_of_usage - day_of_usage, now_of_usage - day_of_usage, 1, {}});
  EXPECT_THAT(reasons(record),
              ElementsAre("1 module would have been stopped in the last 7 days: udf"));
}

TEST(UsageReadiness, WhatNothingObservedIsNotQuiet) {
  UsageRecord record = long_record();
  record.modules.push_back(
      {.module = "isofs", .first_seen = now_of_usage - 2 * day_of_usage, .boots = 1});
  EXPECT_THAT(reasons(record), ElementsAre(HasSubstr("1 module came into use in the last 7 days")));
  record.observed_since = now_of_usage - day_of_usage;
  EXPECT_THAT(reasons(record), ElementsAre(HasSubstr("was not observed: isofs")));
  record.observed_since = now_of_usage - 3 * day_of_usage;
  EXPECT_THAT(reasons(record), IsEmpty());
  record.observed_since.reset();
  record.modules.back().boots = 0;  // imported: it was not used here
  EXPECT_THAT(reasons(record), IsEmpty());
}

TEST(UsageReadiness, CalculatesWithTimesThatNoClockHas) {
  UsageRecord record = long_record();
  record.boots.front().first_seen = std::numeric_limits<std::int64_t>::min();
  record.boots.back().last_seen = std::numeric_limits<std::int64_t>::max();
  EXPECT_FALSE(reasons(record).empty());
}

}  // namespace
}  // namespace kmodsec::test
