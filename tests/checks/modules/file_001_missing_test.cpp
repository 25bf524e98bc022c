// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(FileMissing, PassesWhenEachHasItsFile) { expect_pass("FILE-001", healthy_machine()); }

TEST(FileMissing, NamesAModuleWithoutAFile) {
  Facts facts = healthy_machine();
  add_loaded(facts, "ghost");
  facts.trees.front().files->pop_back();
  expect_fail("FILE-001", facts, {"ghost"});
}

TEST(FileMissing, WhatIsLoadedIsNotWhatIsBuiltIn) {
  Facts facts = healthy_machine();
  add_loaded(facts, "ghost");
  facts.trees.front().files->pop_back();
  facts.trees.front().builtin->push_back({"ghost", "kernel/ghost.ko", {}});
  expect_fail("FILE-001", facts, {"ghost"});
}

TEST(FileMissing, AFileWithAnotherModuleInsideIsNotItsFile) {
  Facts facts = healthy_machine();
  add_loaded(facts, "mask");
  file_of(facts, "mask").content->own_name = "other";
  expect_fail("FILE-001", facts, {"mask"});
}

TEST(FileMissing, IsUnknownWhenTheFolderIsHidden) {
  Facts facts = healthy_machine();
  facts.trees.front().files = not_seen();
  expect_unknown("FILE-001", facts);
  facts.trees.clear();
  expect_unknown("FILE-001", facts);
}

TEST(FileMissing, IsUnknownWhenTheHostHasOtherFiles) {
  Facts facts = healthy_machine();
  facts.masked->modules = {{"/lib/modules", "another file system"}};
  expect_unknown("FILE-001", facts);
}

TEST(FileMissing, PassesWhenNothingIsLoaded) {
  Facts facts = healthy_machine();
  facts.loaded->clear();
  facts.trees.clear();
  expect_pass("FILE-001", facts);
}

}  // namespace
}  // namespace kmodsec::test
