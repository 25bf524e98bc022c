// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/deny_programs.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

TEST(ConfigRunsCommand, NamesAnAliasAsItIsWritten) {
  expect_fail("CONF-009", machine_with_lines("install fs-udf /x\ninstall usb-storage /x\n"),
              {"fs-udf", "usb_storage"});
}

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

/// A line that denies udf, and what was seen of its program.
Facts machine_with_program(const InstallProgram& program) {
  Facts facts = machine_with_lines("install udf /bin/false\n");
  facts.load->programs = {program};
  return facts;
}

TEST(ConfigRunsCommand, PassesForADenyByAProgramOfItsPackage) {
  expect_pass("CONF-009", machine_with_program(false_of_coreutils()));
}

TEST(ConfigRunsCommand, LeavesADenyByAnotherProgramToOtherChecks) {
  InstallProgram open = false_of_coreutils();
  open.owners.front().mode = 0777;
  expect_pass("CONF-009", machine_with_program(open));
  for (const PackageLevel level : {PackageLevel::mismatch, PackageLevel::unowned}) {
    InstallProgram program = false_of_coreutils();
    program.package->level = level;
    expect_pass("CONF-009", machine_with_program(program));
  }
}

TEST(ConfigRunsCommand, NamesACommandWhoseProgramOthersMayWrite) {
  Facts facts = machine_with_lines("install udf /opt/x\n");
  facts.load->programs = {{.word = "/opt/x",
                           .state = ProgramState::present,
                           .owners = {{"/opt/x", 0777, 0, 0}},
                           .owners_seen = true,
                           .path = "/opt/x"}};
  expect_fail("CONF-009", facts, {"udf"});
  const Finding finding = verdict_of("CONF-009", facts).findings.front();
  ASSERT_EQ(finding.evidence.size(), 2U);
  EXPECT_EQ(finding.evidence.back().value, "mode 0777, user 0, group 0");
}

TEST(ConfigRunsCommand, IsUnknownWhenUnseen) { expect_to_need_the_configuration("CONF-009"); }

}  // namespace
}  // namespace kmodsec::test
