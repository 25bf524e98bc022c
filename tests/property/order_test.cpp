// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "support/random_facts.hpp"
#include "support/reports.hpp"

namespace kmodsec::test {
namespace {

/// Modules are listed in the order in which they were loaded, files as the disk has them.
TEST(OrderProperty, OfModulesAndFilesNeverChangesAReport) {
  RandomFacts random(3);
  for (int round = 0; round < 100; ++round) {
    Facts facts = random.facts();
    const Reports expected = every_report(facts);
    if (facts.loaded) random.shuffle(*facts.loaded);
    for (ModuleTree& tree : facts.trees) {
      if (tree.files) random.shuffle(*tree.files);
    }
    const Reports printed = every_report(facts);
    ASSERT_EQ(printed.texts, expected.texts) << "round " << round;
    ASSERT_EQ(printed.documents, expected.documents) << "round " << round;
  }
}

/// What is judged is the running kernel, whichever others are installed beside it.
TEST(OrderProperty, OfTreesNeverChangesWhatIsSaidOfTheRunningKernel) {
  RandomFacts random(4);
  for (int round = 0; round < 100; ++round) {
    Facts facts = random.facts();
    if (!facts.live) continue;
    const Reports expected = every_report(facts);
    random.shuffle(facts.trees);
    const Reports printed = every_report(facts);
    for (const std::size_t audit_or_list : {0, 1}) {
      ASSERT_EQ(printed.texts[audit_or_list], expected.texts[audit_or_list]);
      ASSERT_EQ(printed.documents[audit_or_list], expected.documents[audit_or_list]);
    }
  }
}

}  // namespace
}  // namespace kmodsec::test
