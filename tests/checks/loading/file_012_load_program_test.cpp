// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"
#include "support/deny_programs.hpp"

namespace kmodsec::test {
namespace {

Facts machine_with_kmod(PackageLevel level) {
  Facts facts = healthy_machine();
  facts.programs->front().package->level = level;
  return facts;
}

TEST(LoadProgram, PassesWhereItsPackageInstalledIt) {
  expect_pass("FILE-012", machine_with_kmod(PackageLevel::db_match));
}

TEST(LoadProgram, NamesOneThatWasReplaced) {
  const Facts facts = machine_with_kmod(PackageLevel::mismatch);
  expect_fail("FILE-012", facts, {"/usr/bin/kmod"});
  EXPECT_EQ(verdict_of("FILE-012", facts).findings.front().message,
            "is not what the package kmod installed; it is run as /sbin/modprobe");
}

TEST(LoadProgram, NamesOneThatNoPackageOwns) {
  const Facts facts = machine_with_kmod(PackageLevel::unowned);
  expect_fail("FILE-012", facts, {"/usr/bin/kmod"});
  EXPECT_EQ(verdict_of("FILE-012", facts).findings.front().message,
            "belongs to no package; it is run as /sbin/modprobe");
}

TEST(LoadProgram, NamesADenyByAProgramThatWasReplaced) {
  InstallProgram program = false_of_coreutils();
  expect_pass("FILE-012", machine_that_denies_by(program));
  program.package->level = PackageLevel::mismatch;
  const Facts facts = machine_that_denies_by(program);
  expect_fail("FILE-012", facts, {"/usr/bin/false"});
  const Finding finding = verdict_of("FILE-012", facts).findings.front();
  EXPECT_EQ(finding.message,
            "is not what the package coreutils installed; root runs it as /bin/false for "
            "/etc/modprobe.d/a.conf:1 and 1 more line, which is meant to deny");
  ASSERT_EQ(finding.evidence.size(), 2U);
  EXPECT_EQ(finding.evidence[0].value, "coreutils 9.1-1");
  EXPECT_EQ(finding.evidence[1].value, "install udf /bin/false");
  program.package->level = PackageLevel::unowned;
  expect_fail("FILE-012", machine_that_denies_by(program), {"/usr/bin/false"});
  program.package->level = PackageLevel::owned_unverified;
  expect_unknown("FILE-012", machine_that_denies_by(program));
  program.package = not_seen();
  expect_unknown("FILE-012", machine_that_denies_by(program));
}

TEST(LoadProgram, AnAdministratorsOwnProgramIsNoDeny) {
  Facts facts = machine_with_lines("install udf /opt/x\n");
  facts.load->programs = {
      {.word = "/opt/x", .state = ProgramState::present, .path = "/opt/x", .package = not_seen()}};
  expect_pass("FILE-012", facts);
}

TEST(LoadProgram, DoesNotApplyWhereThereIsNone) {
  Facts facts = healthy_machine();
  facts.programs->clear();
  expect_not_applicable("FILE-012", facts);
}

TEST(LoadProgram, AppliesToImages) {
  Facts facts = machine_with_kmod(PackageLevel::mismatch);
  facts.live = false;
  expect_fail("FILE-012", facts, {"/usr/bin/kmod"});
}

TEST(LoadProgram, IsUnknownWhenUnseen) {
  expect_unknown("FILE-012", machine_with_kmod(PackageLevel::owned_unverified));
  Facts facts = healthy_machine();
  facts.programs->front().package = not_seen();
  expect_unknown("FILE-012", facts);
  facts.programs = not_seen();
  expect_unknown("FILE-012", facts);
  facts = healthy_machine();
  facts.masked->packages = {{"/var/lib/dpkg", "another file system"}};
  expect_unknown("FILE-012", facts);
  facts = healthy_machine();
  facts.masked->programs = {{"/usr/sbin/modprobe", "another file system"}};
  expect_unknown("FILE-012", facts);
  expect_to_need_the_configuration("FILE-012");
}

}  // namespace
}  // namespace kmodsec::test
