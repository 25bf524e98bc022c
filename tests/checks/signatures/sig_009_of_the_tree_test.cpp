// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

TEST(SignaturesOfTheTree, DoesNotApplyToAPartOfTheTree) {
  expect_not_applicable("SIG-009", healthy_machine());
}

TEST(SignaturesOfTheTree, PassesWhenAllAreValid) {
  Facts facts = healthy_machine();
  facts.trees.front().complete = true;
  expect_pass("SIG-009", facts);
}

TEST(SignaturesOfTheTree, NamesEachThatIsNot) {
  Facts facts = healthy_machine();
  facts.trees.front().complete = true;
  file_of(facts, "dummy").signature = Signature{};
  expect_fail("SIG-009", facts, {"dummy"});
}

TEST(SignaturesOfTheTree, IsUnknownWithoutTheImage) {
  Facts facts = healthy_machine();
  facts.trees.front().complete = true;
  facts.trees.front().image = not_seen();
  expect_unknown("SIG-009", facts);
}

}  // namespace
}  // namespace kmodsec::test
