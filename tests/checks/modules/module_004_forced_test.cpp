// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(ModuleForced, PassesForOtherLetters) {
  Facts facts = healthy_machine();
  add_loaded(facts, "mine", "POEC");
  expect_pass("MODULE-004", facts);
}

TEST(ModuleForced, NamesTheModule) {
  Facts facts = healthy_machine();
  add_loaded(facts, "mine", "F");
  expect_fail("MODULE-004", facts, {"mine"});
}

TEST(ModuleForced, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.loaded = not_seen();
  expect_unknown("MODULE-004", facts);
}

}  // namespace
}  // namespace kmodsec::test
