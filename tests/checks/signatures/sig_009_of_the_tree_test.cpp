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

TEST(SignaturesOfTheTree, SayOfADamagedFileThatItIsDamaged) {
  Facts facts = healthy_machine();
  facts.trees.front().complete = true;
  file_of(facts, "dummy").signature = Signature{};
  EXPECT_EQ(verdict_of("SIG-009", facts).findings.front().message, "it has no signature");
  file_of(facts, "dummy").content = failure(ErrorKind::malformed, "", "cut short");
  EXPECT_EQ(verdict_of("SIG-009", facts).findings.front().message, "its file is damaged");
}

}  // namespace
}  // namespace kmodsec::test
