// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

constexpr std::int64_t now = 1'790'000'000;
constexpr std::int64_t day = 86'400;

Facts machine_with_exception(std::int64_t until) {
  Facts facts = healthy_machine();
  facts.time = now;
  facts.policy->denies = {{"dummy", {}}};
  facts.policy->exceptions = {{"dummy", until, "a test"}};
  return facts;
}

TEST(ExceptionOver, DoesNotApplyWithoutExceptions) {
  expect_not_applicable("POLICY-001", healthy_machine());
}

TEST(ExceptionOver, PassesWhileItLasts) {
  expect_pass("POLICY-001", machine_with_exception(now + 1));
}

TEST(ExceptionOver, NamesWhatIsOver) {
  expect_fail("POLICY-001", machine_with_exception(now), {"dummy"});
}

TEST(ExceptionOver, IsUnknownWithoutThePolicy) {
  Facts facts = healthy_machine();
  facts.policy = not_seen();
  expect_unknown("POLICY-001", facts);
}

TEST(ExceptionLong, PassesForAWeek) {
  expect_pass("POLICY-002", machine_with_exception(now + 7 * day));
}

TEST(ExceptionLong, NamesWhatIsLonger) {
  expect_fail("POLICY-002", machine_with_exception(now + 7 * day + 1), {"dummy"});
}

TEST(ExceptionLong, IsUnknownWithoutThePolicy) {
  Facts facts = healthy_machine();
  facts.policy = not_seen();
  expect_unknown("POLICY-002", facts);
}

TEST(PolicyDenies, LetGoWhatAnExceptionAllows) {
  expect_not_applicable("POLICY-003", machine_with_exception(now + 1));
  expect_fail("POLICY-003", machine_with_exception(now), {"dummy"});
}

}  // namespace
}  // namespace kmodsec::test
