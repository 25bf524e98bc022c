// SPDX-License-Identifier: GPL-2.0-or-later
#include <set>

#include "analyze/policy/everything_else.hpp"
#include "support/check_test.hpp"
#include "support/lean_machine.hpp"

namespace kmodsec::test {
namespace {

Facts machine_in_force() {
  Facts facts = lean_machine();
  add_lean_denies(facts);
  return facts;
}

TEST(EverythingElseIsClosed, PassesOnceItIsDenied) {
  expect_pass("POLICY-005", machine_in_force());
}

TEST(EverythingElseIsClosed, FailsWhereNothingWasApplied) {
  expect_fail("POLICY-005", lean_machine(), {"deny.everything_else"});
}

TEST(EverythingElseIsClosed, FailsForAModuleOfANewKernel) {
  Facts facts = machine_in_force();
  ModuleTree& other = add_kernel(facts, "6.12.0-test");
  other.index->push_back({"rds", "kernel/rds.ko", {}});
  other.aliases->push_back({"net-pf-21", "rds"});
  expect_fail("POLICY-005", facts, {"deny.everything_else"});
  add_lines(facts, "install rds /bin/false\nblacklist rds\n",
            "/etc/modprobe.d/00-kmodsec-deny.conf");
  expect_pass("POLICY-005", facts);
}

TEST(EverythingElseIsClosed, IsUnknownWithoutWhatTheHostUsed) {
  Facts facts = machine_in_force();
  facts.usage = not_seen();
  expect_unknown("POLICY-005", facts);
}

TEST(EverythingElseIsClosed, FailsForWhatIsOpenForSureWhereMoreMayBe) {
  Facts facts = machine_in_force();
  facts.usage = not_seen();
  add_lines(facts, "softdep isofs pre: udf\n", "/etc/modprobe.d/softdep.conf");
  expect_fail("POLICY-005", facts, {"deny.everything_else"});
}

TEST(EverythingElseIsClosed, IsUnknownWithoutThePolicy) {
  Facts facts = machine_in_force();
  facts.policy = not_seen();
  expect_unknown("POLICY-005", facts);
}

TEST(EverythingElseIsClosed, SaysNothingWhileItIsObserved) {
  Facts facts = lean_machine();
  facts.policy->keep.mode = KeepMode::observe;
  expect_not_applicable("POLICY-005", facts);
  expect_not_applicable("POLICY-005", healthy_machine());
}

}  // namespace
}  // namespace kmodsec::test
