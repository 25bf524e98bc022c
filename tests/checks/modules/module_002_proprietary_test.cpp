// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(ModuleProprietary, PassesForOtherLetters) {
  Facts facts = healthy_machine();
  add_loaded(facts, "mine", "OFEC");
  expect_pass("MODULE-002", facts);
}

TEST(ModuleProprietary, NamesTheModule) {
  Facts facts = healthy_machine();
  add_loaded(facts, "mine", "P");
  expect_fail("MODULE-002", facts, {"mine"});
}

TEST(ModuleProprietary, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.loaded = not_seen();
  expect_unknown("MODULE-002", facts);
}

}  // namespace
}  // namespace kmodsec::test
