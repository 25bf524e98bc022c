// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

Facts whole_tree() {
  Facts facts = healthy_machine();
  facts.trees.front().complete = true;
  return facts;
}

TEST(IndexesSayWhatFilesSay, Passes) { expect_pass("FILE-005", whole_tree()); }

TEST(IndexesSayWhatFilesSay, DoesNotVouchForFilesThatWereNotRead) {
  expect_not_applicable("FILE-005", healthy_machine());
}

TEST(IndexesSayWhatFilesSay, NamesTheModuleOfALineThatNoFileHas) {
  Facts facts = whole_tree();
  facts.trees.front().binary_aliases = std::vector<AliasEntry>{{"net_pf_38", "evil"}};
  expect_fail("FILE-005", facts, {"evil"});
}

TEST(IndexesSayWhatFilesSay, ShowsEachLine) {
  Facts facts = whole_tree();
  facts.trees.front().aliases =
      std::vector<AliasEntry>{{"net-pf-38", "evil"}, {"net-pf-39", "evil"}};
  const Finding finding = verdict_of("FILE-005", facts).findings.front();
  EXPECT_TRUE(finding.message.ends_with("is in no module file; 2 such lines in all"));
  ASSERT_EQ(finding.evidence.size(), 2U);
  EXPECT_EQ(finding.evidence.back().value, "alias net-pf-39 → evil");
}

TEST(IndexesSayWhatFilesSay, JudgesLoadedModulesAlone) {
  Facts facts = healthy_machine();
  facts.trees.front().aliases->push_back({"net-pf-38", "dummy"});
  facts.trees.front().aliases->push_back({"net-pf-38", "evil"});
  expect_fail("FILE-005", facts, {"dummy"});
}

TEST(IndexesSayWhatFilesSay, IsUnknownWhenAnIndexWasNotSeen) {
  Facts facts = whole_tree();
  facts.trees.front().binary_aliases = not_seen();
  expect_unknown("FILE-005", facts);
}

TEST(IndexesSayWhatFilesSay, IsUnknownWhenTheFolderWasNotSeen) {
  Facts facts = healthy_machine();
  facts.trees.front().files =
      std::unexpected(Error{ErrorKind::denied, "/lib/modules/6.1.0-test", "permission denied"});
  expect_unknown("FILE-005", facts);
}

TEST(IndexesSayWhatFilesSay, IsUnknownWhenAFileWasNotSeen) {
  Facts facts = whole_tree();
  file_of(facts, "dummy").content = not_seen();
  expect_unknown("FILE-005", facts);
}

}  // namespace
}  // namespace kmodsec::test
