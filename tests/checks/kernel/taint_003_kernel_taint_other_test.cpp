// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(KernelTaintOther, PassesUntainted) {
  Facts facts = healthy_machine();
  facts.kernel.taint = 4096;
  expect_pass("TAINT-003", facts);
}

TEST(KernelTaintOther, PassesForTheBuildOfTheKernel) {
  Facts facts = healthy_machine();
  facts.kernel.taint = 1U << 17U;
  expect_pass("TAINT-003", facts);
  expect_pass("TAINT-001", facts);
}

TEST(KernelTaintOther, NamesLettersAndUnknownBits) {
  Facts facts = healthy_machine();
  facts.kernel.taint = 512 + (1ULL << 28);
  expect_fail("TAINT-003", facts, {"taint W", "taint bit 28"});
}

TEST(KernelTaintOther, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.kernel.taint = not_seen();
  expect_unknown("TAINT-003", facts);
}

}  // namespace
}  // namespace kmodsec::test
