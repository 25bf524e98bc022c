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

}  // namespace
}  // namespace kmodsec::test
