// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(IdentityOfLoaded, PassesWhenTheBuildIdIsTheSame) {
  expect_pass("LIVE-001", healthy_machine());
}

TEST(IdentityOfLoaded, NamesAModuleThatIsAnother) {
  Facts facts = healthy_machine();
  facts.loaded->front().identity.build_id = "another";
  expect_fail("LIVE-001", facts, {"dummy"});
}

TEST(IdentityOfLoaded, LeavesAnUpgradedKernelToLive002) {
  Facts facts = healthy_machine();
  facts.trees.front().image->build_id = "another";
  expect_pass("LIVE-001", facts);
  facts.loaded->front().identity.build_id = "another";
  expect_not_applicable("LIVE-001", facts);
}

TEST(IdentityOfLoaded, IsUnknownWhenTheKernelShowsNothing) {
  Facts facts = healthy_machine();
  facts.loaded->front().identity.build_id = not_seen();
  expect_unknown("LIVE-001", facts);
}

}  // namespace
}  // namespace kmodsec::test
