// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/answer.hpp"

#include <gtest/gtest.h>

namespace kmodsec::test {
namespace {

TEST(OutcomeOf, AFailureCountsBeforeFindingsAndTheseBeforeWhatIsUnknown) {
  EXPECT_EQ(outcome_of(Judged{}), Outcome::clean);
  EXPECT_EQ(outcome_of(Judged{.unknown = true}), Outcome::incomplete);
  EXPECT_EQ(outcome_of(Judged{.found = true, .unknown = true}), Outcome::findings);
  EXPECT_EQ(outcome_of(Judged{.found = true, .unknown = true, .failed = true}), Outcome::failed);
}

TEST(OutcomeOf, AGapMakesWhatWasCleanIncomplete) {
  const std::vector<Unseen> gaps = {{"/etc", "no permission"}};
  EXPECT_EQ(outcome_of(std::vector<Unseen>{}), Outcome::clean);
  EXPECT_EQ(outcome_of(gaps), Outcome::incomplete);
  EXPECT_EQ(outcome_of(gaps, true), Outcome::findings);
}

TEST(OutcomeOf, AnErrorOnTheWayIsAFailure) {
  Answer answer{.text = "half", .outcome = Outcome::clean, .unseen = {}, .error = {}};
  EXPECT_EQ(outcome_of(answer), Outcome::clean);
  answer.error = Error{ErrorKind::io, "loop", "failed"};
  EXPECT_EQ(outcome_of(answer), Outcome::failed);
}

}  // namespace
}  // namespace kmodsec::test
