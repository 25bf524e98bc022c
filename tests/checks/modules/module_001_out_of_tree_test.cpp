// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(ModuleOutOfTree, PassesForOtherLetters) {
  Facts facts = healthy_machine();
  add_loaded(facts, "mine", "PFEC");
  expect_pass("MODULE-001", facts);
}

TEST(ModuleOutOfTree, NamesTheModule) {
  Facts facts = healthy_machine();
  add_loaded(facts, "mine", "O");
  expect_fail("MODULE-001", facts, {"mine"});
}

TEST(ModuleOutOfTree, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.loaded = not_seen();
  expect_unknown("MODULE-001", facts);
}

}  // namespace
}  // namespace kmodsec::test
