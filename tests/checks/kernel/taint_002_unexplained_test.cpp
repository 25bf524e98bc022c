// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(TaintUnexplained, PassesWhenAModuleCarriesTheLetters) {
  Facts facts = healthy_machine();
  facts.kernel.taint = 4096 + 8192;
  add_loaded(facts, "mine", "OE");
  expect_pass("TAINT-002", facts);
}

TEST(TaintUnexplained, PassesForTaintsThatNoModuleCarries) {
  Facts facts = healthy_machine();
  facts.kernel.taint = 512 + 8;
  expect_pass("TAINT-002", facts);
}

/// RANDSTRUCT, a test in the kernel, fwctl: no module shows what these leave.
TEST(TaintUnexplained, PassesForLettersThatTheKernelSetsItself) {
  Facts facts = healthy_machine();
  facts.kernel.taint = (1U << 17U) + (1U << 18U) + (1U << 19U);
  expect_pass("TAINT-002", facts);
}

TEST(TaintUnexplained, IsUnknownWhereALineOfTheListWasNotRead) {
  Facts facts = healthy_machine();
  facts.unseen_loaded = {{"/proc/modules", "line 3"}};
  expect_unknown("TAINT-002", facts);
}

TEST(TaintUnexplained, FailsForALetterWithoutABearer) {
  Facts facts = healthy_machine();
  facts.kernel.taint = 4096 + 8192;
  add_loaded(facts, "mine", "O");
  expect_fail("TAINT-002", facts, {"taint E"});
}

TEST(TaintUnexplained, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.loaded = not_seen();
  expect_unknown("TAINT-002", facts);
  facts = healthy_machine();
  facts.kernel.taint = not_seen();
  expect_unknown("TAINT-002", facts);
}

}  // namespace
}  // namespace kmodsec::test
