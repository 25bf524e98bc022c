// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

TEST(BlacklistOfAlias, PassesForModules) {
  expect_pass("CONF-005", machine_with_lines("blacklist udf\nblacklist ext4\nblacklist ghost\n"));
}

TEST(BlacklistOfAlias, NamesAliases) {
  const Facts facts = machine_with_lines(
      "blacklist fs-isofs\nblacklist pci:v00002d*\nblacklist mine\nalias mine udf\n");
  expect_fail("CONF-005", facts, {"fs-isofs", "mine", "pci:v00002d*"});
}

TEST(BlacklistOfAlias, PassesForInstallLinesOfAnAlias) {
  expect_pass("CONF-005", machine_with_lines("install fs-isofs /bin/false\n"));
}

TEST(BlacklistOfAlias, PassesForListsOfADistribution) {
  expect_pass("CONF-005", machine_with_lines("blacklist fs-isofs\n", "/usr/lib/modprobe.d/x.conf"));
}

TEST(BlacklistOfAlias, IsUnknownWhenUnseen) {
  expect_to_need_the_configuration("CONF-005");
  expect_to_need_the_indexes("CONF-005", machine_with_lines("blacklist fs-isofs\n"));
}

}  // namespace
}  // namespace kmodsec::test
