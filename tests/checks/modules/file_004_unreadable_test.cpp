// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(FileUnreadable, PassesForSoundFiles) { expect_pass("FILE-004", healthy_machine()); }

TEST(FileUnreadable, NamesADamagedFile) {
  Facts facts = healthy_machine();
  file_of(facts, "dummy").content = failure(ErrorKind::malformed, "x.ko", "not an ELF file");
  expect_fail("FILE-004", facts, {"dummy"});
}

TEST(FileUnreadable, IsUnknownWhenAFileMayNotBeRead) {
  Facts facts = healthy_machine();
  file_of(facts, "dummy").content = not_seen();
  expect_unknown("FILE-004", facts);
}

TEST(FileUnreadable, JudgesEveryFileOfATree) {
  Facts facts = tree_of_files();
  expect_pass("FILE-004", facts);
  file_of(facts, "dummy").content = failure(ErrorKind::malformed, "x.ko", "not an ELF file");
  expect_fail("FILE-004", facts, {"dummy"});
}

}  // namespace
}  // namespace kmodsec::test
