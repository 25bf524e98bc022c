// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

TEST(DenyOfBuiltin, PassesForModules) {
  expect_pass("CONF-006", machine_with_lines("install udf /bin/false\n"));
}

TEST(DenyOfBuiltin, NamesWhatIsBuiltIn) {
  expect_fail("CONF-006", machine_with_lines("install ext4 /bin/false\n"), {"ext4"});
  expect_fail("CONF-006", machine_with_lines("blacklist ext4\n"), {"ext4"});
}

TEST(DenyOfBuiltin, ShowsEachKernelThatHasIt) {
  Facts facts = machine_with_lines("install ext4 /bin/false\n");
  add_kernel(facts, "6.2.0-test");
  expect_fail("CONF-006", facts, {"ext4"});
  EXPECT_EQ(verdict_of("CONF-006", facts).findings[0].evidence.size(), 3U);
}

TEST(DenyOfBuiltin, PassesForListsOfADistribution) {
  expect_pass("CONF-006", machine_with_lines("blacklist ext4\n", "/lib/modprobe.d/x.conf"));
}

TEST(DenyOfBuiltin, IsUnknownWhenUnseen) {
  expect_to_need_the_configuration("CONF-006");
  expect_to_need_the_indexes("CONF-006", machine_with_lines("blacklist ext4\n"));
}

}  // namespace
}  // namespace kmodsec::test
