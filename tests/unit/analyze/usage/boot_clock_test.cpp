// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/boot_clock.hpp"

#include <gtest/gtest.h>

#include "analyze/usage/usage_readiness.hpp"
#include "support/lean_machine.hpp"

namespace kmodsec::test {
namespace {

constexpr std::int64_t minute_of_clock = 60;

/// A host without a clock of its own: the newest boot was recorded before the network told the
/// time.
Facts host_without_clock() {
  Facts facts = lean_machine();
  facts.host.boot_id = "boot-new";
  facts.usage = UsageRecord{};
  facts.usage->machine = "m";
  facts.usage->boots = {{"boot-old", "6.1.0-test", now_of_usage - 3600, now_of_usage - 1800},
                        {"boot-new", "6.1.0-test", 10, 20}};
  facts.usage->modules = {{.module = "dummy", .first_seen = 10, .last_seen = 20, .boots = 1}};
  facts.usage->stopped = {{"isofs", 10, 20, 1, {}}};
  return facts;
}

TEST(BootClock, NothingOfABootIsOlderThanTheBoot) {
  const Facts facts = host_without_clock();
  const std::int64_t booted = now_of_usage - 5 * minute_of_clock;
  const UsageRecord record = with_boot_time(*facts.usage, facts, booted);
  EXPECT_EQ(record.boots[1].first_seen, booted);
  EXPECT_EQ(record.boots[1].last_seen, booted);
  EXPECT_EQ(record.boots[0], facts.usage->boots[0]);
  EXPECT_EQ(record.modules[0].first_seen, booted);
  EXPECT_EQ(record.stopped[0].last_seen, booted);
}

TEST(BootClock, ARecordOfMinutesIsNotReady) {
  Facts facts = host_without_clock();
  facts.usage->stopped.clear();
  EXPECT_EQ(usage_readiness(facts).recorded, now_of_usage - 1800 - 10);
  facts.usage = with_boot_time(*facts.usage, facts, now_of_usage - 5 * minute_of_clock);
  EXPECT_EQ(usage_readiness(facts).recorded, 3600 - 5 * minute_of_clock);
  EXPECT_FALSE(usage_readiness(facts).ready);
}

TEST(BootClock, WhenAnObservationBeganIsMovedWhereThisBootBeganIt) {
  Facts facts = host_without_clock();
  const std::int64_t booted = now_of_usage - 5 * minute_of_clock;
  facts.usage->observed_since = 15;
  EXPECT_EQ(with_boot_time(*facts.usage, facts, booted).observed_since, booted);
  facts.usage->observed_since = now_of_usage - 3600;
  EXPECT_EQ(with_boot_time(*facts.usage, facts, booted).observed_since, now_of_usage - 3600);
}

TEST(BootClock, ATrueClockMovesNothing) {
  Facts facts = lean_machine();
  facts.host.boot_id = "boot-2";
  const std::int64_t first = facts.usage->boots.back().first_seen;
  EXPECT_EQ(with_boot_time(*facts.usage, facts, first - minute_of_clock), *facts.usage);
  facts.host.boot_id = "boot-unknown";
  EXPECT_EQ(with_boot_time(*facts.usage, facts, now_of_usage), *facts.usage);
}

}  // namespace
}  // namespace kmodsec::test
