// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/modules_load.hpp"
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

Facts machine_that_loads(std::string_view names, std::string_view lines = {}) {
  Facts facts = machine_with_lines(lines);
  facts.load->at_boot = parse_modules_load(names, "/etc/modules-load.d/a.conf").at_boot;
  return facts;
}

TEST(LoadOfUnknownName, PassesForModulesAliasesAndBuiltinCode) {
  expect_pass("CONF-014", machine_that_loads("dummy\ncrc-itu-t\next4\nfs-isofs\n"));
}

TEST(LoadOfUnknownName, NamesEachLine) {
  const Facts facts = machine_that_loads("dummy\nghost\ngohst\n# x\nghost\n");
  expect_fail("CONF-014", facts, {"ghost", "ghost", "gohst"});
  const Verdict verdict = verdict_of("CONF-014", facts);
  EXPECT_EQ(verdict.findings[0].evidence[0].source, "/etc/modules-load.d/a.conf");
  EXPECT_EQ(verdict.findings[0].evidence[0].line, 2U);
  EXPECT_EQ(verdict.findings[1].evidence[0].line, 5U);
}

TEST(LoadOfUnknownName, FollowsTheLinesOfModprobe) {
  expect_pass("CONF-014",
              machine_that_loads("mine\nghost\n", "alias mine udf\ninstall ghost /sbin/x\n"));
  expect_fail("CONF-014", machine_that_loads("mine\n", "alias mine ghost\n"), {"mine"});
}

TEST(LoadOfUnknownName, PassesWhenAnotherKernelHasIt) {
  Facts facts = machine_that_loads("ghost\n");
  add_kernel(facts, "6.2.0-test").index->push_back({"ghost", "kernel/ghost.ko", {}});
  expect_pass("CONF-014", facts);
  facts.trees.back().index = not_seen();
  expect_unknown("CONF-014", facts);
}

TEST(LoadOfUnknownName, IsUnknownWhenUnseen) {
  expect_to_need_the_configuration("CONF-014");
  expect_to_need_the_indexes("CONF-014", machine_that_loads("ghost\n"));
}

TEST(LoadOfUnknownName, IsOfNoUseWithoutKernels) {
  Facts facts = machine_that_loads("ghost\n");
  facts.trees.clear();
  expect_not_applicable("CONF-014", facts);
}

}  // namespace
}  // namespace kmodsec::test
