// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(KernelTaint, PassesUntainted) { expect_pass("TAINT-001", healthy_machine()); }

TEST(KernelTaint, NamesEachLetterOfModules) {
  Facts facts = healthy_machine();
  facts.kernel.taint = 4096 + 8192 + 512;
  expect_fail("TAINT-001", facts, {"taint O", "taint E"});
}

TEST(KernelTaint, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.kernel.taint = not_seen();
  expect_unknown("TAINT-001", facts);
}

}  // namespace
}  // namespace kmodsec::test
