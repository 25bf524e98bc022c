// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

std::string message_about(const Facts& facts) {
  return verdict_of("CONF-004", facts).findings.at(0).message;
}

TEST(BlacklistLeavesLoadPath, PassesWithAnInstallLineBesideIt) {
  expect_pass("CONF-004", machine_with_lines("blacklist udf\ninstall udf /bin/false\n"));
}

TEST(BlacklistLeavesLoadPath, NamesTheOpenLoadPath) {
  const Facts by_name = machine_with_lines("blacklist udf\n");
  expect_fail("CONF-004", by_name, {"udf"});
  EXPECT_EQ(message_about(by_name), "is blacklisted only, and loads by its name");
  const Facts by_dependant = machine_with_lines("blacklist crc-itu-t\n");
  expect_fail("CONF-004", by_dependant, {"crc_itu_t"});
  EXPECT_EQ(message_about(by_dependant),
            "is blacklisted only, and loads as a dependency: with udf");
}

TEST(BlacklistLeavesLoadPath, PassesForWhatIsNotThereOrBuiltIn) {
  expect_pass("CONF-004", machine_with_lines("blacklist ghost\nblacklist ext4\n"));
}

TEST(BlacklistLeavesLoadPath, PassesForListsOfADistribution) {
  expect_pass("CONF-004", machine_with_lines("blacklist udf\n", "/lib/modprobe.d/fbdev.conf"));
}

TEST(BlacklistLeavesLoadPath, IsUnknownWhenUnseen) {
  expect_to_need_the_configuration("CONF-004");
  expect_to_need_the_indexes("CONF-004", machine_with_lines("blacklist udf\n"));
}

}  // namespace
}  // namespace kmodsec::test
