// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

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
}

}  // namespace
}  // namespace kmodsec::test
