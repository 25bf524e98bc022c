// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/deny_programs.hpp"

namespace kmodsec::test {
namespace {

TEST(WritablePrograms, PassesWhenOnlyRootWrites) {
  Facts facts = healthy_machine();
  facts.writable->found = {{"/etc/modprobe.d/x.conf", 0666, 0, 0}, {"/lib/modules", 0777, 0, 0}};
  expect_pass("PERM-004", facts);
}

TEST(WritablePrograms, NamesTheProgram) {
  Facts facts = healthy_machine();
  facts.writable->found = {{"/usr/bin/kmod", 0777, 0, 0}};
  expect_fail("PERM-004", facts, {"/usr/bin/kmod"});
  for (const char* id : {"PERM-001", "PERM-002", "PERM-003"}) expect_pass(id, facts);
}

TEST(WritablePrograms, NamesWhatIsOnTheWayToOne) {
  Facts facts = healthy_machine();
  Ownership folder{"/opt/tools", 0777, 0, 0};
  folder.leads_to = "/sbin/modprobe";
  facts.writable->found = {folder};
  expect_fail("PERM-004", facts, {"/opt/tools"});
  expect_pass("PERM-001", facts);
}

TEST(WritablePrograms, NamesTheProgramOfAnInstallLine) {
  InstallProgram program = false_of_coreutils();
  expect_pass("PERM-004", machine_that_denies_by(program));
  program.owners.back().mode = 0777;
  const Facts facts = machine_that_denies_by(program);
  expect_fail("PERM-004", facts, {"/usr/bin/false"});
  const Finding finding = verdict_of("PERM-004", facts).findings.front();
  EXPECT_EQ(finding.message,
            "others than root may write it, and so decide what /bin/false is: root runs that for "
            "/etc/modprobe.d/a.conf:1 and 1 more line");
  ASSERT_EQ(finding.evidence.size(), 2U);
  EXPECT_EQ(finding.evidence[0].value, "mode 0777, user 0, group 0");
  EXPECT_EQ(finding.evidence[1].value, "install udf /bin/false");
}

TEST(WritablePrograms, NamesTheFolderOfAProgramThatIsNotThere) {
  Facts facts = machine_with_lines("remove udf /tmp/x\n");
  facts.load->programs = {{.word = "/tmp/x",
                           .state = ProgramState::missing,
                           .owners = {{"/", 0755, 0, 0}, {"/tmp", 01777, 0, 0}},
                           .owners_seen = true}};
  expect_fail("PERM-004", facts, {"/tmp"});
  EXPECT_EQ(verdict_of("PERM-004", facts).findings.front().message,
            "others than root may write it, and so decide what /tmp/x is, which is not there: root "
            "runs that for /etc/modprobe.d/a.conf:1");
}

TEST(WritablePrograms, NamesAPathOnce) {
  InstallProgram program = false_of_coreutils();
  program.owners.front().mode = 0777;
  Facts facts = machine_that_denies_by(program);
  Ownership folder{"/usr/bin", 0777, 0, 0};
  folder.leads_to = "/usr/bin/kmod";
  facts.writable->found = {folder};
  expect_fail("PERM-004", facts, {"/usr/bin"});
}

TEST(WritablePrograms, AWordOfTheShellStartsNoProgram) {
  Facts facts = machine_with_lines("install udf false\n");
  InstallProgram program = false_of_coreutils();
  program.word = "false";
  program.owners.back().mode = 0777;
  facts.load->programs = {program};
  expect_pass("PERM-004", facts);
}

TEST(WritablePrograms, IsUnknownWhereAListOfAProgramIsUnclear) {
  InstallProgram program = false_of_coreutils();
  program.owners.front().unclear = "its access control list is damaged";
  expect_unknown("PERM-004", machine_that_denies_by(program));
}

TEST(WritablePrograms, IsUnknownWhenUnseen) {
  Facts facts = healthy_machine();
  facts.writable->unseen = {{"/usr/sbin/insmod", "no permission"}};
  expect_unknown("PERM-004", facts);
  expect_pass("PERM-001", facts);
  facts.writable = not_seen();
  expect_unknown("PERM-004", facts);
  facts = healthy_machine();
  facts.masked->programs = {{"/usr/sbin/modprobe", "another file system"}};
  expect_unknown("PERM-004", facts);
  expect_to_need_the_configuration("PERM-004");
}

}  // namespace
}  // namespace kmodsec::test
