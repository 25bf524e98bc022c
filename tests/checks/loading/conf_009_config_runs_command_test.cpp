// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

TEST(ConfigRunsCommand, PassesForDenies) {
  expect_pass("CONF-009", machine_with_lines("install udf /bin/false\nremove udf /bin/true\n"));
}

TEST(ConfigRunsCommand, NamesTheCommand) {
  const Facts facts = machine_with_lines("install udf /tmp/x --load\nremove dummy /tmp/y\n");
  const Verdict verdict = verdict_of("CONF-009", facts);
  expect_fail("CONF-009", facts, {"udf", "dummy"});
  EXPECT_EQ(verdict.findings[0].message, "root runs a command when it is asked for: /tmp/x --load");
  EXPECT_EQ(verdict.findings[1].message, "root runs a command to remove it: /tmp/y");
}

TEST(ConfigRunsCommand, JudgesLinesOfADistributionToo) {
  expect_fail("CONF-009", machine_with_lines("install udf /sbin/x\n", "/lib/modprobe.d/x.conf"),
              {"udf"});
}

TEST(ConfigRunsCommand, PassesForUnblacklistOfSuse) {
  const std::string program = "install udf /usr/lib/module-init-tools/unblacklist udf; ";
  expect_pass("CONF-009",
              machine_with_lines(program + "/sbin/modprobe $CMDLINE_OPTS --ignore-install udf\n"));
  expect_fail("CONF-009", machine_with_lines(program + "/bin/sh -c x udf\n"), {"udf"});
  expect_fail("CONF-009", machine_with_lines(program + "/sbin/modprobe -C /x udf\n"), {"udf"});
}

TEST(ConfigRunsCommand, IsUnknownWhenUnseen) { expect_to_need_the_configuration("CONF-009"); }

}  // namespace
}  // namespace kmodsec::test
