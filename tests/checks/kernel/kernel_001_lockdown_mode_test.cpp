// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(LockdownMode, PassesWhenLockedDown) {
  Facts facts = healthy_machine();
  expect_pass("KERNEL-001", facts);
  facts.kernel.lockdown = Lockdown::confidentiality;
  expect_pass("KERNEL-001", facts);
}

TEST(LockdownMode, FailsWhenNot) {
  Facts facts = healthy_machine();
  facts.kernel.lockdown = Lockdown::none;
  expect_fail("KERNEL-001", facts, {"kernel"});
}

TEST(LockdownMode, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.kernel.lockdown = not_seen();
  expect_unknown("KERNEL-001", facts);
}

TEST(LockdownMode, SaysNothingOfAnImage) {
  Facts facts = healthy_machine();
  facts.live = false;
  expect_not_applicable("KERNEL-001", facts);
}

}  // namespace
}  // namespace kmodsec::test
