// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/policy/everything_else_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kmodsec::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t now = 1'790'000'000;
constexpr std::int64_t day = 24L * 3600;

/// 3 of 4,023 modules are kept, 600 of the others are within reach of any user, 31 in a user
/// namespace.
EverythingElsePlan large_plan() {
  EverythingElsePlan plan;
  plan.mode = KeepMode::enforce;
  plan.now = now;
  plan.set.kept = {{"a", KeepCause::loaded, "", ""},
                   {"b", KeepCause::loaded, "", ""},
                   {"c", KeepCause::needed, "a needs it", "a"}};
  for (int i = 0; i < 4020; ++i)
    plan.set.closed.push_back({"m" + std::to_string(i),
                               {i < 600   ? AttackerPosition::local
                                : i < 631 ? AttackerPosition::local_userns
                                          : AttackerPosition::root,
                                ""}});
  return plan;
}

/// Each line whole.
std::string words(const EverythingElsePlan& plan) {
  constexpr std::size_t wide = 1000;
  return everything_else_in_words(plan, Style(false, wide));
}

TEST(EverythingElseWords, AreOneSentenceOfFigures) {
  EXPECT_EQ(
      words(large_plan()),
      "  Keeps 3 of 4,023 modules (2 loaded, 1 needed by these), closes 4,020, among them 600 "
      "that any local user can bring in and 31 that any local user who may make a user namespace "
      "can bring in\n");
}

TEST(EverythingElseWords, NameWhatWasUsedLongAgo) {
  EverythingElsePlan plan = large_plan();
  plan.set.rarely = {{"udf", now - 40 * day}, {"isofs", now - 90 * day}};
  EXPECT_THAT(words(plan), HasSubstr("used in one boot alone, the last of them 40 days ago: udf"));
}

TEST(EverythingElseWords, SayWhenToEnforce) {
  EverythingElsePlan plan = large_plan();
  plan.mode = KeepMode::observe;
  plan.readiness.observed_since = now - 9 * day;
  plan.readiness.reasons = {"the record covers 2 days, and 7 days are the least"};
  EXPECT_THAT(
      words(plan),
      AllOf(HasSubstr("Would keep 3 of 4,023 modules"), HasSubstr("and close 4,020"),
            HasSubstr("nothing would have been stopped since the observing began 9 days "
                      "ago"),
            HasSubstr("Not ready: the record covers 2 days"), Not(HasSubstr("--from observe"))));
  plan.readiness.reasons.clear();
  plan.readiness.ready = true;
  EXPECT_THAT(words(plan), HasSubstr("'kmodsec apply --from observe'"));
}

}  // namespace
}  // namespace kmodsec::test
