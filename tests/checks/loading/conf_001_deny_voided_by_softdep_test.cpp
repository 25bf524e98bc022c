// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

Facts voided() {
  Facts facts = machine_with_lines("install udf /bin/false\ninstall dummy /bin/true\n");
  facts.trees.front().softdeps->push_back({"udf", {"dummy"}, {}, 3});
  return facts;
}

TEST(DenyVoidedBySoftdep, PassesWithoutASoftdep) {
  expect_pass("CONF-001", machine_with_lines("install udf /bin/false\n"));
}

TEST(DenyVoidedBySoftdep, NamesTheModuleAndBothLines) {
  expect_fail("CONF-001", voided(), {"udf"});
  const std::vector<Evidence> evidence = verdict_of("CONF-001", voided()).findings[0].evidence;
  ASSERT_EQ(evidence.size(), 2U);
  EXPECT_EQ(evidence[0].source, "/etc/modprobe.d/a.conf");
  EXPECT_EQ(evidence[0].line, 1U);
  EXPECT_EQ(evidence[1].source, "/lib/modules/6.1.0-test/modules.softdep");
  EXPECT_EQ(evidence[1].line, 3U);
}

TEST(DenyVoidedBySoftdep, PassesWhenNothingAnswersToTheSoftdep) {
  Facts facts = machine_with_lines("install udf /bin/false\n");
  facts.trees.front().softdeps->push_back({"udf", {"no_such_module"}, {}, 1});
  expect_pass("CONF-001", facts);
}

TEST(DenyVoidedBySoftdep, PassesWithAnEmptySoftdepBeforeIt) {
  Facts facts = voided();
  add_lines(facts, "softdep udf pre:\n", "/etc/modprobe.d/b.conf");
  expect_pass("CONF-001", facts);
}

TEST(DenyVoidedBySoftdep, SaysOnceWhatGoesForTwoKernels) {
  Facts facts = voided();
  add_kernel(facts, "6.2.0-test");
  expect_fail("CONF-001", facts, {"udf"});
  EXPECT_EQ(verdict_of("CONF-001", facts).findings[0].evidence.size(), 3U);
}

TEST(DenyVoidedBySoftdep, AppliesToImages) {
  Facts facts = voided();
  facts.live = false;
  expect_fail("CONF-001", facts, {"udf"});
  facts.trees.clear();
  expect_not_applicable("CONF-001", facts);
}

TEST(DenyVoidedBySoftdep, IsUnknownWhenUnseen) {
  expect_to_need_the_configuration("CONF-001");
  expect_to_need_the_indexes("CONF-001", voided());
}

}  // namespace
}  // namespace kmodsec::test
