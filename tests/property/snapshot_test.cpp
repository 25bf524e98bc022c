// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot.hpp"

#include <gtest/gtest.h>

#include "analyze/abridge.hpp"
#include "support/random_facts.hpp"
#include "support/reports.hpp"

namespace kmodsec::test {
namespace {

/// `show` alone tells of what a compact snapshot leaves out.
Reports without_show(Reports reports) {
  reports.texts.pop_back();
  reports.documents.pop_back();
  return reports;
}

TEST(SnapshotProperty, IsJudgedAndPrintedAsTheMachineWas) {
  RandomFacts random(1);
  for (int round = 0; round < 80; ++round) {
    const Facts facts = random.facts();
    const auto again = parse_snapshot(snapshot_of(facts));
    ASSERT_TRUE(again) << again.error().reason;
    ASSERT_EQ(facts_to_json(*again), facts_to_json(facts)) << "round " << round;
    const Reports expected = every_report(facts);
    const Reports printed = every_report(*again);
    ASSERT_EQ(printed.texts, expected.texts) << "round " << round;
    ASSERT_EQ(printed.documents, expected.documents) << "round " << round;
  }
}

TEST(SnapshotProperty, ACompactOneIsJudgedAsTheMachineWas) {
  RandomFacts random(3);
  for (int round = 0; round < 80; ++round) {
    const Facts facts = random.facts();
    Facts less = facts;
    abridge(less);
    const auto again = parse_snapshot(compact_snapshot_of(less));
    ASSERT_TRUE(again) << again.error().reason;
    ASSERT_EQ(facts_to_json(*again), facts_to_json(less)) << "round " << round;
    const Reports expected = without_show(every_report(facts));
    const Reports printed = without_show(every_report(*again));
    ASSERT_EQ(printed.texts, expected.texts) << "round " << round;
    ASSERT_EQ(printed.documents, expected.documents) << "round " << round;
  }
}

}  // namespace
}  // namespace kmodsec::test
