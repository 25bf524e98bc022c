// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/judge_options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A kernel whose dummy has the parameter of this name.
ModuleTree kernel_with(const std::string& release, const std::string& parameter) {
  Facts facts = machine_with_lines("");
  ModuleTree tree = facts.trees.front();
  tree.release = release;
  file_of(facts, "dummy").content->info = {{"parmtype", parameter + ":int"}};
  tree.files = facts.trees.front().files;
  return tree;
}

OptionsVerdict judge(const std::string& parameters, const std::vector<ModuleTree>& trees) {
  return judge_options({{"dummy", parameters}}, trees);
}

TEST(JudgeOptions, TakeWhatEachKernelTakes) {
  const auto verdict =
      judge("numdummies=4", {kernel_with("6.1", "numdummies"), kernel_with("6.12", "numdummies")});
  EXPECT_FALSE(verdict.refused);
  EXPECT_THAT(verdict.notes, IsEmpty());
  EXPECT_THAT(verdict.unseen, IsEmpty());
}

TEST(JudgeOptions, RefuseWhatNoKernelTakes) {
  const auto verdict = judge("numdumies=4", {kernel_with("6.1", "numdummies")});
  ASSERT_TRUE(verdict.refused);
  EXPECT_EQ(verdict.refused->kind, ErrorKind::usage);
  EXPECT_EQ(verdict.refused->reason, "dummy has no parameter numdumies; did you mean numdummies?");
  EXPECT_TRUE(judge("numdummies=four", {kernel_with("6.1", "numdummies")}).refused);
}

TEST(JudgeOptions, NoteWhatOneKernelDoesNotTake) {
  const auto verdict =
      judge("numdummies=4", {kernel_with("6.1", "numdummies"), kernel_with("6.12", "count")});
  EXPECT_FALSE(verdict.refused);
  EXPECT_THAT(verdict.notes, ElementsAre(HasSubstr("dummy of 6.12 has no parameter numdummies")));
}

TEST(JudgeOptions, AreUnknownWhereAFileWasNotSeen) {
  ModuleTree hidden = kernel_with("6.12", "numdummies");
  hidden.files = not_seen();
  const auto verdict = judge("numdumies=4", {kernel_with("6.1", "numdummies"), hidden});
  EXPECT_FALSE(verdict.refused);
  ASSERT_EQ(verdict.unseen.size(), 1U);
  EXPECT_EQ(verdict.unseen[0].what, "parameters of dummy in 6.12");
  EXPECT_THAT(verdict.notes, ElementsAre(HasSubstr("6.1 has no parameter numdumies")));
}

TEST(JudgeOptions, AKernelWithoutTheModuleSaysNothing) {
  ModuleTree without = kernel_with("6.12", "count");
  without.index = std::vector<IndexEntry>{};
  without.binary_index = failure(ErrorKind::not_found, "", "");
  EXPECT_THAT(judge("numdummies=4", {kernel_with("6.1", "numdummies"), without}).notes, IsEmpty());
}

TEST(JudgeOptions, TellWhereItIsBuiltIn) {
  ModuleTree builtin = kernel_with("6.12", "count");
  builtin.builtin = std::vector<BuiltinModule>{{"dummy", "kernel/dummy.ko", {}}};
  EXPECT_THAT(judge("numdummies=4", {builtin}).notes,
              ElementsAre(HasSubstr("dummy is built into 6.12")));
}

}  // namespace
}  // namespace kmodsec::test
