// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(SignatureStripped, PassesOnAHealthyMachine) {
  Facts facts = healthy_machine();
  facts.trees.front().config = KernelConfig{{"CONFIG_MODULE_SIG_ALL", "y"}};
  expect_pass("SIG-007", facts);
}

TEST(SignatureStripped, NamesAModuleOfTheKernelThatIsNotSigned) {
  Facts facts = healthy_machine();
  facts.trees.front().config = KernelConfig{{"CONFIG_MODULE_SIG_ALL", "y"}};
  file_of(facts, "dummy").signature = Signature{};
  expect_pass("SIG-007", facts);
  file_of(facts, "dummy").content->info.push_back({"intree", "Y"});
  expect_fail("SIG-007", facts, {"dummy"});
}

TEST(SignatureStripped, DoesNotApplyToABuildThatSignsNothing) {
  Facts facts = healthy_machine();
  facts.trees.front().config = KernelConfig{};
  expect_not_applicable("SIG-007", facts);
}

TEST(SignatureStripped, IsUnknownWithoutTheBuildOptions) {
  expect_unknown("SIG-007", healthy_machine());
}

}  // namespace
}  // namespace kmodsec::test
