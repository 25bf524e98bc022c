// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(FileAltered, PassesWhenTheDigestMatches) { expect_pass("FILE-003", healthy_machine()); }

TEST(FileAltered, NamesAFileThatDiffers) {
  Facts facts = healthy_machine();
  file_of(facts, "dummy").package->level = PackageLevel::mismatch;
  expect_fail("FILE-003", facts, {"dummy"});
}

TEST(FileAltered, IsUnknownWithoutADatabase) {
  Facts facts = healthy_machine();
  file_of(facts, "dummy").package = not_seen();
  expect_unknown("FILE-003", facts);
}

TEST(FileAltered, JudgesEveryFileOfATree) {
  Facts facts = tree_of_files();
  expect_pass("FILE-003", facts);
  file_of(facts, "dummy").package->level = PackageLevel::mismatch;
  expect_fail("FILE-003", facts, {"dummy"});
}

TEST(FileAltered, NamesEachFileOnceWhereAllWereExamined) {
  Facts facts = healthy_machine();
  facts.trees.front().complete = true;
  file_of(facts, "dummy").package->level = PackageLevel::mismatch;
  expect_fail("FILE-003", facts, {"dummy"});
}

TEST(FileAltered, IsUnknownWhereATreeHasNoDatabase) {
  Facts facts = tree_of_files();
  file_of(facts, "dummy").package = not_seen();
  expect_unknown("FILE-003", facts);
}

TEST(FileAltered, DoesNotApplyWhereNoFileWasExamined) {
  Facts facts = tree_of_files();
  facts.trees.clear();
  expect_not_applicable("FILE-003", facts);
}

TEST(FileAltered, IsUnknownWhereTheFolderOfATreeMayNotBeListed) {
  Facts facts = tree_of_files();
  facts.trees.front().files = not_seen();
  expect_unknown("FILE-003", facts);
}

}  // namespace
}  // namespace kmodsec::test
