// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

TEST(ConfigLineDropped, PassesForLinesThatAreUnderstood) {
  expect_pass("CONF-008", machine_with_lines("# blacklst udf\nblacklist udf\n"));
}

TEST(ConfigLineDropped, NamesTheFileOfTheLine) {
  const Facts facts = machine_with_lines("blacklist isofs\nblacklst udf\n");
  expect_fail("CONF-008", facts, {"/etc/modprobe.d/a.conf"});
  EXPECT_EQ(verdict_of("CONF-008", facts).findings[0].evidence[0].line, 2U);
}

TEST(ConfigLineDropped, LeavesOutTheDirectiveOfSuse) {
  expect_pass("CONF-008", machine_with_lines("allow_unsupported_modules 0\n"));
  expect_fail("CONF-008", machine_with_lines("allow_unsupported_modules\n"),
              {"/etc/modprobe.d/a.conf"});
  expect_fail("CONF-008", machine_with_lines("allow_unsupported_modules dummy\n"),
              {"/etc/modprobe.d/a.conf"});
}

TEST(ConfigLineDropped, SaysWhatBelongsIntoModulesLoad) {
  Facts facts = healthy_machine();
  const std::string file = "/etc/modules-load.d/a.conf";
  facts.load->problems = {{file, 1, "not the name of a module", "install udf /bin/false"}};
  expect_fail("CONF-008", facts, {file});
  EXPECT_NE(verdict_of("CONF-008", facts).findings[0].message.find("names to load"),
            std::string::npos);
}

TEST(ConfigLineDropped, IsUnknownWhenUnseen) { expect_to_need_the_configuration("CONF-008"); }

}  // namespace
}  // namespace kmodsec::test
