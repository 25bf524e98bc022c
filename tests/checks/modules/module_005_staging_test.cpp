// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(ModuleStaging, PassesForOtherLetters) {
  Facts facts = healthy_machine();
  add_loaded(facts, "mine", "POFE");
  expect_pass("MODULE-005", facts);
}

TEST(ModuleStaging, NamesTheModule) {
  Facts facts = healthy_machine();
  add_loaded(facts, "mine", "C");
  expect_fail("MODULE-005", facts, {"mine"});
}

TEST(ModuleStaging, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.loaded = not_seen();
  expect_unknown("MODULE-005", facts);
}

}  // namespace
}  // namespace kmodsec::test
