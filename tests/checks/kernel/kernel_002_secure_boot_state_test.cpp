// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(SecureBootState, PassesWhenEnabled) { expect_pass("KERNEL-002", healthy_machine()); }

TEST(SecureBootState, FailsWhenDisabled) {
  Facts facts = healthy_machine();
  facts.kernel.secure_boot = SecureBoot::disabled;
  expect_fail("KERNEL-002", facts, {"firmware"});
}

TEST(SecureBootState, DoesNotApplyWithoutEfi) {
  Facts facts = healthy_machine();
  facts.kernel.secure_boot = SecureBoot::unsupported;
  expect_not_applicable("KERNEL-002", facts);
}

TEST(SecureBootState, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.kernel.secure_boot = not_seen();
  expect_unknown("KERNEL-002", facts);
}

}  // namespace
}  // namespace kmodsec::test
