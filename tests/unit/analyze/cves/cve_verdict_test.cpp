// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/cve_verdict.hpp"

#include <string>

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

class CveVerdictTest : public testing::Test {
 protected:
  CveVerdictTest() { known_.branches = {{"5.15", 190}, {"6.1", 183}, {"6.12", 100}, {"7.1", 8}}; }

  CveVerdict judge(const std::string& version, std::string_view versions,
                   std::string_view flags = "", const KernelChangelog* changelog = nullptr) {
    origin_ = {.vendor = "kernel.org", .upstream = parse_upstream_version(version)};
    const KnownCve cve{.id = "2024-1000", .modules = "x", .flags = flags, .versions = versions};
    return CveJudge(known_, origin_, changelog).judge(cve);
  }

  CveVerdict judge_frozen(const KernelChangelog* changelog) {
    origin_ = {.vendor = "Red Hat", .why_not = "backports", .ask = "its maker"};
    const KnownCve cve{.id = "2024-1000", .modules = "x", .versions = "0>6.1.80,6.8"};
    return CveJudge(known_, origin_, changelog).judge(cve);
  }

  static KernelChangelog changelog(const std::string& reverted = "") {
    return {"/changelog.gz", {{"2024-1000", "6.1.90-1", "net: fix", reverted}}};
  }

  KnownCves known_;
  KernelOrigin origin_;
};

TEST_F(CveVerdictTest, IsFixedFromTheReleaseWithTheFixOn) {
  EXPECT_EQ(judge("6.1.79", "0>6.1.80,6.8").status, VexStatus::affected);
  EXPECT_EQ(judge("6.1.79", "0>6.1.80,6.8").fixed_in, "6.1.80");
  EXPECT_EQ(judge("6.1.80", "0>6.1.80,6.8").status, VexStatus::fixed);
  EXPECT_EQ(judge("6.12.1", "0>6.1.80,6.8").status, VexStatus::fixed);
}

TEST_F(CveVerdictTest, IsNotAffectedBeforeTheIntroduction) {
  EXPECT_EQ(judge("5.15.10", "6.1>6.1.80,6.8").status, VexStatus::not_affected);
  EXPECT_EQ(judge("6.1.4", "6.1.5>6.1.80;6.5>6.8").status, VexStatus::not_affected);
  EXPECT_EQ(judge("6.1.5", "6.1.5>6.1.80;6.5>6.8").status, VexStatus::affected);
}

TEST_F(CveVerdictTest, CoversOnlyTheIntroductionThatAFixBelongsTo) {
  EXPECT_EQ(judge("6.1.90", "5.10>6.1.80,6.8;6.1.85>6.1.95,6.9").status, VexStatus::affected);
  EXPECT_EQ(judge("6.1.90", "5.10>6.1.80,6.8;6.1.85>6.1.95,6.9").fixed_in, "6.1.95");
}

TEST_F(CveVerdictTest, KnowsWhereNoFixIsToCome) {
  const auto verdict = judge("6.1.90", "0>6.8");
  EXPECT_EQ(verdict.status, VexStatus::affected);
  EXPECT_EQ(verdict.fixed_in, "");
}

TEST_F(CveVerdictTest, CannotTellBeyondTheData) {
  const auto verdict = judge("6.1.184", "0>6.8");
  EXPECT_EQ(verdict.status, VexStatus::under_investigation);
  EXPECT_EQ(verdict.decider, CveDecider::newer_than_data);
  EXPECT_EQ(judge("7.3.1", "0>").decider, CveDecider::newer_than_data);
  EXPECT_EQ(judge("6.1.184", "0>6.1.80,6.8").status, VexStatus::fixed);
}

TEST_F(CveVerdictTest, TakesABranchWithAFixForAffectedWhereIntroductionsAreNotTold) {
  EXPECT_EQ(judge("6.1.70", "6.5>6.1.80,6.8").status, VexStatus::not_affected);
  EXPECT_EQ(judge("6.1.70", "6.5>6.1.80,6.8", "b").status, VexStatus::affected);
}

TEST_F(CveVerdictTest, CannotTellOfABranchWhereARecordThatIsNotTheCnasKnowsTheMainlineAlone) {
  const auto verdict = judge("6.1.55", "4.2>6.5", "b");
  EXPECT_EQ(verdict.status, VexStatus::under_investigation);
  EXPECT_EQ(verdict.decider, CveDecider::mainline_alone);
  EXPECT_EQ(judge("6.1.184", "4.2>6.5", "b").decider, CveDecider::mainline_alone)
      << "newer tables would not help";
  EXPECT_EQ(judge("6.5.1", "4.2>6.5", "b").status, VexStatus::fixed);
  EXPECT_EQ(judge("4.1.5", "4.2>6.5", "b").status, VexStatus::not_affected);
}

TEST_F(CveVerdictTest, IsAffectedWhereTheRecordKnowsBranchesOrTheKernelHasNone) {
  EXPECT_EQ(judge("6.1.55", "4.2>6.5").status, VexStatus::affected) << "the CNA knows all branches";
  EXPECT_EQ(judge("6.1.0", "4.2>6.5", "b").status, VexStatus::affected) << "has no fix from later";
  EXPECT_EQ(judge("6.1.55", "4.2>5.15.132,6.5", "b").status, VexStatus::affected);
  EXPECT_EQ(judge("6.1.55", "4.2>6.1.60,6.5", "b").fixed_in, "6.1.60");
  EXPECT_EQ(judge("6.1.55", "4.2>", "b").status, VexStatus::affected) << "nobody has fixed it";
  EXPECT_EQ(judge("6.1.55", "4.2>6.5;5.1>6.1.60,6.6", "b").status, VexStatus::affected);
}

TEST_F(CveVerdictTest, LetsTheChangelogTellOfAFixThatAMainlineRecordDoesNotKnow) {
  const KernelChangelog named = changelog();
  EXPECT_EQ(judge("6.1.90", "4.2>6.5", "b", &named).status, VexStatus::fixed);
}

TEST_F(CveVerdictTest, LetsTheChangelogTellOfAFixThatThePackageTookEarly) {
  const KernelChangelog named = changelog();
  const auto verdict = judge("6.1.70", "0>6.1.80,6.8", "", &named);
  EXPECT_EQ(verdict.status, VexStatus::fixed);
  EXPECT_EQ(verdict.decider, CveDecider::changelog);
  EXPECT_EQ(verdict.fixed_in, "6.1.90-1");
}

TEST_F(CveVerdictTest, CannotTellOfAFixThatWasTakenBack) {
  const KernelChangelog reverted = changelog("6.1.98-1");
  EXPECT_EQ(judge("6.1.99", "0>6.1.90,6.8", "", &reverted).decider, CveDecider::revert);
  EXPECT_EQ(judge("6.1.70", "0>6.1.80,6.8", "", &reverted).status, VexStatus::affected);
}

TEST_F(CveVerdictTest, CannotTellOfARevertWhateverTheBaseHas) {
  const KernelChangelog reverted = changelog("6.1.98-1");
  EXPECT_EQ(judge_frozen(&reverted).decider, CveDecider::backports);
  origin_.base = parse_upstream_version("6.12");
  const KnownCve cve{.id = "2024-1000", .modules = "x", .versions = "0>6.1.80,6.8"};
  EXPECT_EQ(CveJudge(known_, origin_, nullptr).judge(cve).status, VexStatus::fixed);
  EXPECT_EQ(CveJudge(known_, origin_, &reverted).judge(cve).decider, CveDecider::revert);
}

TEST_F(CveVerdictTest, TakesAChangeWithTheTitleOfTheFixForIt) {
  const KernelChangelog own{
      "/changelog.gz", {}, {{.digest = "0123456789", .version = "6.1.170-2", .year = 2026}}};
  origin_ = {.vendor = "Debian", .upstream = parse_upstream_version("6.1.192")};
  const auto of = [&](std::string_view id, std::string_view title, std::string_view versions) {
    const KnownCve cve{.id = id, .modules = "rxrpc", .versions = versions, .title = title};
    return CveJudge(known_, origin_, &own).judge(cve);
  };
  EXPECT_EQ(of("2026-43500", "0123456789", "5.3>6.6.140,7.1").status, VexStatus::fixed);
  EXPECT_EQ(of("2026-43500", "0123456789", "5.3>6.6.140,7.1").decider, CveDecider::changelog_title);
  EXPECT_EQ(of("2026-43500", "0123456789", "5.3>6.6.140,7.1").fixed_in, "6.1.170-2");
  EXPECT_EQ(of("2026-43500", "", "5.3>6.6.140,7.1").decider, CveDecider::newer_than_data);
  EXPECT_EQ(of("2026-43500", "0123456780", "5.3>7.1").decider, CveDecider::newer_than_data);
  EXPECT_EQ(of("2027-43500", "0123456789", "5.3>7.1").decider, CveDecider::newer_than_data)
      << "a change that is older than the fix is another one";
  EXPECT_EQ(of("2026-43500", "0123456789", "6.2>7.1").status, VexStatus::not_affected);
}

TEST_F(CveVerdictTest, AsksTheChangelogAloneWhereTheBaseIsFixed) {
  const KernelChangelog named = changelog();
  EXPECT_EQ(judge_frozen(&named).status, VexStatus::fixed);
  EXPECT_EQ(judge_frozen(nullptr).status, VexStatus::under_investigation);
  EXPECT_EQ(judge_frozen(nullptr).decider, CveDecider::backports);
}

TEST_F(CveVerdictTest, LeavesCvesOfUbuntusOwnToUbuntu) {
  EXPECT_EQ(judge("6.1.70", "", "bU").status, VexStatus::not_affected);
  EXPECT_EQ(judge_frozen(nullptr).status, VexStatus::under_investigation);
}

TEST_F(CveVerdictTest, CannotTellWithoutVersions) {
  EXPECT_EQ(judge("6.1.70", "").decider, CveDecider::unknown_range);
}

}  // namespace
}  // namespace kmodsec
