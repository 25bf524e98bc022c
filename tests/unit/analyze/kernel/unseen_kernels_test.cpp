// SPDX-License-Identifier: GPL-2.0-or-later
// An answer about every kernel is none as long as a kernel may be hidden.
#include "analyze/kernel/unseen_kernels.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "analyze/cves/cves_report.hpp"
#include "analyze/exposure_report.hpp"
#include "analyze/trust_report.hpp"
#include "support/facts_builder.hpp"
#include "support/known_cves_builder.hpp"

namespace kmodsec::test {
namespace {

Facts machine() {
  Facts facts = healthy_machine();
  facts.known_cves = known_cves("2024-1000\tdummy\t\t0>6.1.1\twild\tuser\n");
  return facts;
}

bool is_told_by_all(const Facts& facts, const Error& gap) {
  const Unseen expected{gap.subject, gap.reason};
  const auto tells = [&](const std::vector<Unseen>& unseen) {
    return std::ranges::find(unseen, expected) != unseen.end();
  };
  return tells(answer_doors(facts, {.all_open = true}).unseen) &&
         tells(answer_cves(facts, {}).unseen) && tells(verify_trees(facts).unseen);
}

TEST(UnseenKernels, AFolderOfKernelsThatCannotBeListedIsTold) {
  Facts facts = machine();
  facts.trees.clear();
  EXPECT_FALSE(is_told_by_all(facts, not_seen().error()));
  facts.installed = not_seen();
  EXPECT_TRUE(is_told_by_all(facts, not_seen().error()));
}

TEST(UnseenKernels, AReleaseThatCannotBeReadIsTold) {
  Facts facts = machine();
  facts.kernel.release = not_seen();
  EXPECT_TRUE(is_told_by_all(facts, not_seen().error()));
}

}  // namespace
}  // namespace kmodsec::test
