// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(SignaturesCouldBeEnforced, PassesWhenTheyAre) { expect_pass("SIG-008", healthy_machine()); }

TEST(SignaturesCouldBeEnforced, FailsWhenNothingStandsAgainstIt) {
  Facts facts = healthy_machine();
  facts.kernel.sig_enforce = false;
  facts.kernel.lockdown = Lockdown::none;
  expect_fail("SIG-008", facts, {"kernel"});
}

TEST(SignaturesCouldBeEnforced, DoesNotApplyWhileAModuleWouldBeRefused) {
  Facts facts = healthy_machine();
  facts.kernel.sig_enforce = false;
  facts.kernel.lockdown = Lockdown::none;
  file_of(facts, "dummy").signature = Signature{};
  expect_not_applicable("SIG-008", facts);
}

TEST(SignaturesCouldBeEnforced, IsUnknownWhenTheSwitchWasNotSeen) {
  Facts facts = healthy_machine();
  facts.kernel.lockdown = Lockdown::none;
  facts.kernel.sig_enforce = not_seen();
  expect_unknown("SIG-008", facts);
}

}  // namespace
}  // namespace kmodsec::test
