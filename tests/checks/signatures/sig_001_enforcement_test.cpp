// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(SignatureEnforcement, PassesForEachWayToEnforce) {
  Facts facts = healthy_machine();
  facts.kernel.lockdown = Lockdown::none;
  expect_pass("SIG-001", facts);
  facts.kernel.sig_enforce = false;
  facts.kernel.lockdown = Lockdown::integrity;
  expect_pass("SIG-001", facts);
  facts.kernel.lockdown = Lockdown::none;
  facts.kernel.config = KernelConfig{{"CONFIG_MODULE_SIG_FORCE", "y"}};
  expect_pass("SIG-001", facts);
}

TEST(SignatureEnforcement, FailsWhenNothingEnforces) {
  Facts facts = healthy_machine();
  facts.kernel.sig_enforce = false;
  facts.kernel.lockdown = Lockdown::none;
  expect_fail("SIG-001", facts, {"kernel"});
}

TEST(SignatureEnforcement, IsUnknownWhileOneWayWasUnseen) {
  Facts facts = healthy_machine();
  facts.kernel.sig_enforce = false;
  facts.kernel.lockdown = not_seen();
  expect_unknown("SIG-001", facts);
  facts.kernel.lockdown = Lockdown::none;
  facts.kernel.sig_enforce = not_seen();
  expect_unknown("SIG-001", facts);
}

TEST(SignatureEnforcement, DoesNotApplyWithoutModules) {
  Facts facts = healthy_machine();
  facts.kernel.modules_supported = false;
  expect_not_applicable("SIG-001", facts);
}

TEST(SignatureEnforcement, IsUnknownWhenSupportIsUnseen) {
  Facts facts = healthy_machine();
  facts.kernel.modules_supported = not_seen();
  expect_unknown("SIG-001", facts);
}

}  // namespace
}  // namespace kmodsec::test
