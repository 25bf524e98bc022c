// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/lean_machine.hpp"

namespace kmodsec::test {
namespace {

/// It observes, and somebody has loaded udf so many days ago.
Facts observing(std::int64_t days) {
  Facts facts = lean_machine();
  facts.policy->keep.mode = KeepMode::observe;
  const std::int64_t when = now_of_usage - days * day_of_usage;
  facts.usage->observed_since = now_of_usage - 9 * day_of_usage;
  facts.usage->stopped = {{"udf", when, when, 1, {{RequesterKind::person, "modprobe udf", 1000}}}};
  return facts;
}

TEST(ObservedLoads, FailsForOneOfTheLastWeek) { expect_fail("POLICY-006", observing(1), {"udf"}); }

TEST(ObservedLoads, SaysWhereNobodyWasSeenToAsk) {
  Facts facts = observing(1);
  facts.usage->stopped.front().requesters.clear();
  expect_fail("POLICY-006", facts, {"udf"});
}

TEST(ObservedLoads, PassesAfterAQuietWeek) { expect_pass("POLICY-006", observing(8)); }

TEST(ObservedLoads, IsUnknownWithoutTheRecord) {
  Facts facts = observing(1);
  facts.usage = not_seen();
  expect_unknown("POLICY-006", facts);
}

TEST(ObservedLoads, IsUnknownWhereNothingHasWatched) {
  Facts never = observing(8);
  never.usage->observed_since.reset();
  expect_unknown("POLICY-006", never);
  Facts long_ago = observing(8);
  for (RecordedBoot& boot : long_ago.usage->boots) boot.last_seen = now_of_usage - 8 * day_of_usage;
  expect_unknown("POLICY-006", long_ago);
  Facts of_another = observing(8);
  of_another.usage->machine = "n";
  expect_unknown("POLICY-006", of_another);
  Facts of_whom = observing(8);
  of_whom.host.machine_id = not_seen();
  expect_unknown("POLICY-006", of_whom);
}

TEST(ObservedLoads, SaysNothingWhereNothingIsObserved) {
  expect_not_applicable("POLICY-006", lean_machine());
  expect_not_applicable("POLICY-006", healthy_machine());
}

}  // namespace
}  // namespace kmodsec::test
