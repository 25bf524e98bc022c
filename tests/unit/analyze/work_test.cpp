// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/work.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "analyze/audit.hpp"
#include "analyze/exposure_report.hpp"
#include "support/load_builder.hpp"

namespace kmodsec {
namespace {

/// More patterns than can be held against so many modules.
Facts machine_that_is_too_much() {
  std::string lines;
  for (int i = 0; i < 10'000; ++i) lines += fmt::format("install *x{}y /bin/false\n", i);
  Facts facts = test::machine_with_lines(lines);
  for (int i = 0; i < 3'000; ++i)
    facts.trees[0].index->push_back({fmt::format("m{}", i), fmt::format("m{}.ko", i), {}});
  return facts;
}

TEST(Work, EndsWhereTwoSizesAreMultiplied) {
  Work work("modprobe.d");
  work.spend(1000);
  try {
    work.spend(1'000'000'000);
    FAIL() << "it has no end";
  } catch (const TooMuchWork& problem) {
    EXPECT_EQ(problem.error().subject, "modprobe.d");
  }
}

TEST(Work, ACheckThatCannotBeFinishedIsUnknown) {
  const Facts facts = machine_that_is_too_much();
  const AuditReport report = audit(facts);
  EXPECT_FALSE(report.unseen.empty());
  const auto check = std::ranges::find_if(report.results, [](const CheckResult& result) {
    return result.verdict.status == Status::unknown && !result.verdict.unseen.empty() &&
           result.verdict.unseen[0].why.starts_with("more patterns");
  });
  EXPECT_NE(check, report.results.end());
}

TEST(Work, LoadPathsThatCannotBeFoundAreAGap) {
  const Facts facts = machine_that_is_too_much();
  const ExposureReport report = answer_doors(facts, {.all_open = true});
  ASSERT_FALSE(report.unseen.empty());
  EXPECT_EQ(report.unseen.back().what, facts.trees[0].folder);
}

}  // namespace
}  // namespace kmodsec
