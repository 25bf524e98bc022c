// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(ModulesFrozen, DoesNotApplyWithoutAPolicy) {
  expect_not_applicable("FREEZE-001", healthy_machine());
}

TEST(ModulesFrozen, PassesWhenFrozenAsAsked) {
  Facts facts = healthy_machine();
  facts.policy->freeze = {
      .level = FreezeLevel::all, .source = "/etc/kmodsec/policy.toml", .require = {}};
  facts.kernel.modules_disabled = true;
  expect_pass("FREEZE-001", facts);
}

TEST(ModulesFrozen, FailsWhenAskedAndOpen) {
  Facts facts = healthy_machine();
  facts.policy->freeze = {
      .level = FreezeLevel::all, .source = "/etc/kmodsec/policy.toml", .require = {}};
  expect_fail("FREEZE-001", facts, {"kernel"});
}

TEST(ModulesFrozen, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.policy = not_seen();
  expect_unknown("FREEZE-001", facts);
  facts.policy = Policy{};
  facts.policy->freeze = {
      .level = FreezeLevel::all, .source = "/etc/kmodsec/policy.toml", .require = {}};
  facts.kernel.modules_disabled = not_seen();
  expect_unknown("FREEZE-001", facts);
}

}  // namespace
}  // namespace kmodsec::test
