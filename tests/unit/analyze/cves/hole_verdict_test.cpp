// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/hole_verdict.hpp"

#include <string>

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

class HoleVerdictTest : public testing::Test {
 protected:
  HoleVerdictTest() { known_.branches = {{"5.15", 190}, {"6.1", 183}, {"6.12", 100}, {"7.1", 8}}; }

  HoleVerdict judge(const std::string& version, std::string_view versions,
                    std::string_view flags = "", const KernelChangelog* changelog = nullptr) {
    origin_ = {.vendor = "kernel.org", .upstream = parse_upstream_version(version)};
    const HoleRecord hole{.id = "2024-1000", .modules = "x", .flags = flags, .versions = versions};
    return HoleJudge(known_, origin_, changelog).judge(hole);
  }

  HoleVerdict judge_frozen(const KernelChangelog* changelog) {
    origin_ = {.vendor = "Red Hat", .why_not = "backports", .ask = "its maker"};
    const HoleRecord hole{.id = "2024-1000", .modules = "x", .versions = "0>6.1.80,6.8"};
    return HoleJudge(known_, origin_, changelog).judge(hole);
  }

  static KernelChangelog changelog(const std::string& reverted = "") {
    return {"/changelog.gz", {{"2024-1000", "6.1.90-1", "net: fix", reverted}}};
  }

  KnownHoles known_;
  KernelOrigin origin_;
};

TEST_F(HoleVerdictTest, IsFixedFromTheReleaseWithTheFixOn) {
  EXPECT_EQ(judge("6.1.79", "0>6.1.80,6.8").status, HoleStatus::affected);
  EXPECT_EQ(judge("6.1.79", "0>6.1.80,6.8").fixed_in, "6.1.80");
  EXPECT_EQ(judge("6.1.80", "0>6.1.80,6.8").status, HoleStatus::fixed);
  EXPECT_EQ(judge("6.12.1", "0>6.1.80,6.8").status, HoleStatus::fixed);
}

TEST_F(HoleVerdictTest, IsNotAffectedBeforeTheIntroduction) {
  EXPECT_EQ(judge("5.15.10", "6.1>6.1.80,6.8").status, HoleStatus::not_affected);
  EXPECT_EQ(judge("6.1.4", "6.1.5>6.1.80;6.5>6.8").status, HoleStatus::not_affected);
  EXPECT_EQ(judge("6.1.5", "6.1.5>6.1.80;6.5>6.8").status, HoleStatus::affected);
}

TEST_F(HoleVerdictTest, CoversOnlyTheIntroductionThatAFixBelongsTo) {
  EXPECT_EQ(judge("6.1.90", "5.10>6.1.80,6.8;6.1.85>6.1.95,6.9").status, HoleStatus::affected);
  EXPECT_EQ(judge("6.1.90", "5.10>6.1.80,6.8;6.1.85>6.1.95,6.9").fixed_in, "6.1.95");
}

TEST_F(HoleVerdictTest, KnowsWhereNoFixIsToCome) {
  const auto verdict = judge("6.1.90", "0>6.8");
  EXPECT_EQ(verdict.status, HoleStatus::affected);
  EXPECT_EQ(verdict.fixed_in, "");
}

TEST_F(HoleVerdictTest, CannotTellBeyondTheData) {
  const auto verdict = judge("6.1.184", "0>6.8");
  EXPECT_EQ(verdict.status, HoleStatus::cannot_tell);
  EXPECT_EQ(verdict.decider, HoleDecider::newer_than_data);
  EXPECT_EQ(judge("7.3.1", "0>").decider, HoleDecider::newer_than_data);
  EXPECT_EQ(judge("6.1.184", "0>6.1.80,6.8").status, HoleStatus::fixed);
}

TEST_F(HoleVerdictTest, TakesABranchWithAFixForAffectedWhereIntroductionsAreNotTold) {
  EXPECT_EQ(judge("6.1.70", "6.5>6.1.80,6.8").status, HoleStatus::not_affected);
  EXPECT_EQ(judge("6.1.70", "6.5>6.1.80,6.8", "b").status, HoleStatus::affected);
}

TEST_F(HoleVerdictTest, LetsTheChangelogTellOfAFixThatThePackageTookEarly) {
  const KernelChangelog named = changelog();
  const auto verdict = judge("6.1.70", "0>6.1.80,6.8", "", &named);
  EXPECT_EQ(verdict.status, HoleStatus::fixed);
  EXPECT_EQ(verdict.decider, HoleDecider::changelog);
  EXPECT_EQ(verdict.fixed_in, "6.1.90-1");
}

TEST_F(HoleVerdictTest, CannotTellOfAFixThatWasTakenBack) {
  const KernelChangelog reverted = changelog("6.1.98-1");
  EXPECT_EQ(judge("6.1.99", "0>6.1.90,6.8", "", &reverted).decider, HoleDecider::revert);
  EXPECT_EQ(judge("6.1.70", "0>6.1.80,6.8", "", &reverted).status, HoleStatus::affected);
}

TEST_F(HoleVerdictTest, AsksTheChangelogAloneWhereTheBaseIsFixed) {
  const KernelChangelog named = changelog();
  EXPECT_EQ(judge_frozen(&named).status, HoleStatus::fixed);
  EXPECT_EQ(judge_frozen(nullptr).status, HoleStatus::cannot_tell);
  EXPECT_EQ(judge_frozen(nullptr).decider, HoleDecider::backports);
}

TEST_F(HoleVerdictTest, LeavesHolesOfUbuntusOwnToUbuntu) {
  EXPECT_EQ(judge("6.1.70", "", "bU").status, HoleStatus::not_affected);
  EXPECT_EQ(judge_frozen(nullptr).status, HoleStatus::cannot_tell);
}

TEST_F(HoleVerdictTest, CannotTellWithoutVersions) {
  EXPECT_EQ(judge("6.1.70", "").decider, HoleDecider::unknown_range);
}

}  // namespace
}  // namespace kmodsec
