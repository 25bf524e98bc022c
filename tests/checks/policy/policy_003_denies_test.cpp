// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

constexpr std::string_view deny_file = "/etc/modprobe.d/00-kmodsec-deny.conf";

/// Any user can have isofs loaded on it.
Facts machine_of_users() {
  Facts facts = machine_with_lines("");
  facts.needs = std::vector<BootNeed>{};
  facts.policy->deny.autoload_by_users = true;
  return facts;
}

TEST(AutoloadIsDenied, PassesOnceItIs) {
  Facts facts = machine_of_users();
  add_lines(facts, "install isofs /bin/false\nblacklist isofs\n", std::string(deny_file));
  expect_pass("POLICY-003", facts);
}

TEST(AutoloadIsDenied, IsOneFindingForAKernel) {
  expect_fail("POLICY-003", machine_of_users(), {"deny.autoload_by_users"});
}

TEST(AutoloadIsDenied, FailsForANewKernel) {
  Facts facts = machine_of_users();
  add_lines(facts, "install isofs /bin/false\nblacklist isofs\n", std::string(deny_file));
  ModuleTree& other = add_kernel(facts, "6.12.0-test");
  other.index->push_back({"rds", "kernel/rds.ko", {}});
  other.aliases->push_back({"net-pf-21", "rds"});
  expect_fail("POLICY-003", facts, {"deny.autoload_by_users"});
}

TEST(AutoloadIsDenied, IsUnknownWithoutWhatBootNeeds) {
  Facts facts = machine_of_users();
  add_lines(facts, "install isofs /bin/false\nblacklist isofs\n", std::string(deny_file));
  facts.needs = not_seen();
  expect_unknown("POLICY-003", facts);
}

/// What kmodsec denied before the record of needs was lost, and a softdep lets in all the same.
TEST(AutoloadIsDenied, FailsForWhatIsOpenForSureWhereMoreMayBe) {
  Facts facts = machine_of_users();
  add_lines(facts, "install isofs /bin/false\nblacklist isofs\n", std::string(deny_file));
  add_lines(facts, "softdep isofs pre: udf\n", "/etc/modprobe.d/softdep.conf");
  facts.needs = not_seen();
  expect_fail("POLICY-003", facts, {"deny.autoload_by_users"});
  EXPECT_FALSE(verdict_of("POLICY-003", facts).unseen.empty());
}

TEST(AutoloadIsDenied, SaysWhyALoadPathIsOpen) {
  Facts facts = machine_of_users();
  facts.policy->deny.autoload_by_users = false;
  facts.policy->denies = {{"dummy", {}}};
  const Verdict verdict = verdict_of("POLICY-003", facts);
  for (const Evidence& evidence : verdict.findings.at(0).evidence)
    EXPECT_FALSE(evidence.value.empty()) << evidence.source;
}

}  // namespace
}  // namespace kmodsec::test
