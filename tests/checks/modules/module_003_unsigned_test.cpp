// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(ModuleUnsigned, PassesForOtherLetters) {
  Facts facts = healthy_machine();
  add_loaded(facts, "mine", "POFC");
  expect_pass("MODULE-003", facts);
}

TEST(ModuleUnsigned, NamesTheModule) {
  Facts facts = healthy_machine();
  add_loaded(facts, "mine", "E");
  expect_fail("MODULE-003", facts, {"mine"});
}

TEST(ModuleUnsigned, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.loaded = not_seen();
  expect_unknown("MODULE-003", facts);
}

}  // namespace
}  // namespace kmodsec::test
