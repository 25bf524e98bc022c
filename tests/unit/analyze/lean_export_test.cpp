// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/lean_export.hpp"

#include <gtest/gtest.h>

#include "support/load_builder.hpp"

namespace kmodsec {
namespace {

using Lines = std::vector<std::string>;

KeepSet closing(const std::vector<std::string>& modules) {
  KeepSet set;
  for (const std::string& module : modules)
    set.closed.push_back({module, {AttackerPosition::root, ""}});
  return set;
}

Lines lines_of_first(const Facts& facts, const std::string& module) {
  std::vector<Unseen> unseen;
  const LeanExport lean = lean_export(closing({module}), facts, unseen);
  EXPECT_TRUE(unseen.empty());
  return lean.denies.empty() ? Lines{} : lean.denies.front().lines;
}

TEST(LeanExportLines, AreThoseOfADeny) {
  EXPECT_EQ(lines_of_first(test::machine_with_lines(""), "dummy"),
            (Lines{"install dummy /bin/false", "blacklist dummy"}));
}

TEST(LeanExportLines, EmptyASoftdepOfTheConfiguration) {
  EXPECT_EQ(lines_of_first(test::machine_with_lines("softdep dummy pre: loop\n"), "dummy"),
            (Lines{"softdep dummy pre:", "install dummy /bin/false", "blacklist dummy"}));
}

TEST(LeanExportLines, EmptyASoftdepOfOneKernel) {
  Facts facts = test::machine_with_lines("");
  test::add_kernel(facts, "6.12.0-1-test").softdeps =
      std::vector<SoftDependency>{{.module = "dummy", .pre = {"loop"}, .post = {}, .line = 1}};
  EXPECT_EQ(lines_of_first(facts, "dummy").front(), "softdep dummy pre:");
}

TEST(LeanExportLines, PretendWhereThePolicySaysSo) {
  Facts facts = test::machine_with_lines("");
  Policy policy;
  policy.deny.on_attempt = DenyAnswer::pretend;
  facts.policy = policy;
  EXPECT_EQ(lines_of_first(facts, "dummy").front(), "install dummy /bin/true");
}

TEST(LeanExportLines, AreNotWrittenForANameThatIsNone) {
  std::vector<Unseen> unseen;
  const LeanExport lean =
      lean_export(closing({"a\ninstall x /bin/sh", "dummy"}), test::machine_with_lines(""), unseen);
  ASSERT_EQ(lean.denies.size(), 1U);
  EXPECT_EQ(lean.denies.front().module, "dummy");
  ASSERT_EQ(unseen.size(), 1U);
  EXPECT_EQ(unseen.front().why,
            "no kernel knows a module by this name, and no line was written for it");
}

}  // namespace
}  // namespace kmodsec
