// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

TEST(DenyOfUnknownName, NamesAnAliasAsItIsWritten) {
  expect_fail("CONF-007", machine_with_lines("install fs-udf /bin/false\n"), {"fs-udf"});
}

TEST(DenyOfUnknownName, PassesForModulesAndAliases) {
  expect_pass("CONF-007",
              machine_with_lines("install udf /bin/false\nblacklist ext4\n"
                                 "install fs-isofs /bin/false\ninstall ghost* /bin/false\n"));
}

TEST(DenyOfUnknownName, NamesWhatNoKernelHas) {
  expect_fail("CONF-007", machine_with_lines("install gohst /bin/false\nblacklist ghost\n"),
              {"ghost", "gohst"});
}

TEST(DenyOfUnknownName, PassesWhenAnotherKernelHasIt) {
  Facts facts = machine_with_lines("install ghost /bin/false\n");
  add_kernel(facts, "6.2.0-test").index->push_back({"ghost", "kernel/ghost.ko", {}});
  expect_pass("CONF-007", facts);
  facts.trees.back().index = not_seen();
  expect_unknown("CONF-007", facts);
}

TEST(DenyOfUnknownName, PassesForListsOfADistribution) {
  expect_pass("CONF-007", machine_with_lines("blacklist ghost\n", "/lib/modprobe.d/x.conf"));
}

TEST(DenyOfUnknownName, IsUnknownWhenUnseen) {
  expect_to_need_the_configuration("CONF-007");
  expect_to_need_the_indexes("CONF-007", machine_with_lines("blacklist ghost\n"));
}

}  // namespace
}  // namespace kmodsec::test
