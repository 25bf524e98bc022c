// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(FileUnowned, PassesWhenOwned) {
  Facts facts = healthy_machine();
  file_of(facts, "dummy").package->level = PackageLevel::generated;
  expect_pass("FILE-002", facts);
}

TEST(FileUnowned, NamesAFileThatNobodyOwns) {
  Facts facts = healthy_machine();
  file_of(facts, "dummy").package = PackageClaim{};
  expect_fail("FILE-002", facts, {"dummy"});
}

TEST(FileUnowned, IsUnknownWithoutADatabase) {
  Facts facts = healthy_machine();
  file_of(facts, "dummy").package = not_seen();
  expect_unknown("FILE-002", facts);
}

}  // namespace
}  // namespace kmodsec::test
