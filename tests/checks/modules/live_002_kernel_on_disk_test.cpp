// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(KernelOnDisk, PassesForTheSameBuild) { expect_pass("LIVE-002", healthy_machine()); }

TEST(KernelOnDisk, FailsForAnother) {
  Facts facts = healthy_machine();
  facts.trees.front().image->build_id = "another";
  expect_fail("LIVE-002", facts, {"kernel"});
}

TEST(KernelOnDisk, IsUnknownWithoutTheImage) {
  Facts facts = healthy_machine();
  facts.trees.front().image = not_seen();
  expect_unknown("LIVE-002", facts);
}

}  // namespace
}  // namespace kmodsec::test
