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

TEST(FileUnowned, JudgesEveryFileOfATree) {
  Facts facts = tree_of_files();
  expect_pass("FILE-002", facts);
  file_of(facts, "dummy").package = PackageClaim{};
  expect_fail("FILE-002", facts, {"dummy"});
}

TEST(FileUnowned, JudgesModulesThatAreNotLoadedWhereAllWereExamined) {
  Facts facts = healthy_machine();
  add_loaded(facts, "idle");
  facts.loaded->pop_back();
  file_of(facts, "idle").package = PackageClaim{};
  expect_pass("FILE-002", facts);
  facts.trees.front().complete = true;
  expect_fail("FILE-002", facts, {"idle"});
}

}  // namespace
}  // namespace kmodsec::test
