// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/audit_comparison.hpp"

#include <gtest/gtest.h>

#include "app/audit_host.hpp"

namespace kmodsec::test {
namespace {

constexpr Check compared_file{.id = "SIG-002", .severity = Severity::high};
constexpr Check compared_module{.id = "MODULE-003", .severity = Severity::low};

class AuditComparisonTest : public testing::Test {
 protected:
  void found(const Check& check, std::vector<Finding> findings, std::vector<Unseen> unseen = {}) {
    report.results.push_back(
        {.check = &check, .verdict = judge(std::move(findings), std::move(unseen))});
    report.unseen = report.results.back().verdict.unseen;
  }

  std::vector<std::string> new_subjects(std::size_t result = 0) const {
    std::vector<std::string> subjects;
    const CheckResult& of = report.results[result];
    for (std::size_t i = 0; i < of.new_findings; ++i)
      subjects.push_back(of.verdict.findings[i].subject);
    return subjects;
  }

  Facts facts;
  EarlierAudit earlier;
  AuditReport report{.facts = &facts, .results = {}, .unseen = {}};
};

using Subjects = std::vector<std::string>;

TEST_F(AuditComparisonTest, WhatIsNewComesFirst) {
  earlier.findings = {{"SIG-002", "a", "is wrong"}};
  found(compared_file, {{"a", "is wrong", {}}, {"b", "is wrong", {}}});
  compare_audits(earlier, report);
  EXPECT_EQ(new_subjects(), Subjects{"b"});
  EXPECT_EQ(report.results[0].verdict.findings[1].subject, "a");
  EXPECT_EQ(report.comparison->new_findings, 1U);
  EXPECT_EQ(report.comparison->known_findings, 1U);
  EXPECT_TRUE(report.comparison->gone.empty());
}

TEST_F(AuditComparisonTest, OtherWordsOfASubjectAreTheSameFinding) {
  earlier.findings = {{"SIG-002", "a", "has 2 faults"}};
  found(compared_file, {{"a", "has 3 faults", {}}});
  compare_audits(earlier, report);
  EXPECT_EQ(new_subjects(), Subjects{});
  EXPECT_TRUE(report.comparison->gone.empty());
}

TEST_F(AuditComparisonTest, OneMoreOfASubjectIsNew) {
  earlier.findings = {{"SIG-002", "a", "at line 7"}};
  found(compared_file, {{"a", "at line 3", {}}, {"a", "at line 7", {}}});
  compare_audits(earlier, report);
  ASSERT_EQ(report.results[0].new_findings, 1U);
  EXPECT_EQ(report.results[0].verdict.findings[0].message, "at line 3");
}

TEST_F(AuditComparisonTest, AnotherCheckOfASubjectIsNew) {
  earlier.findings = {{"SIG-002", "a", "is wrong"}};
  found(compared_file, {{"a", "is wrong", {}}});
  found(compared_module, {{"a", "is wrong", {}}});
  compare_audits(earlier, report);
  EXPECT_EQ(new_subjects(0), Subjects{});
  EXPECT_EQ(new_subjects(1), Subjects{"a"});
}

TEST_F(AuditComparisonTest, WhatIsNotFoundAgainIsGone) {
  earlier.findings = {{"SIG-002", "a", "is wrong"}};
  found(compared_file, {});
  compare_audits(earlier, report);
  ASSERT_EQ(report.comparison->gone.size(), 1U);
  EXPECT_EQ(report.comparison->gone[0].subject, "a");
}

TEST_F(AuditComparisonTest, WhatWasNotLookedForIsNotGone) {
  earlier.findings = {{"SIG-002", "a", "is wrong"}, {"OLD-001", "b", "is wrong"}};
  found(compared_file, {{"c", "is wrong", {}}}, {{"a file", "permission denied"}});
  compare_audits(earlier, report);
  EXPECT_TRUE(report.comparison->gone.empty());
  EXPECT_EQ(report.comparison->undecided.size(), 2U);
}

TEST_F(AuditComparisonTest, WhatAWaivedGapHidesIsNotGone) {
  const PolicyWaiver waiver;
  earlier.findings = {{"SIG-002", "a", "is wrong"}};
  found(compared_file, {});
  report.results[0].waived_gaps = {{{"a file", "permission denied"}, &waiver}};
  compare_audits(earlier, report);
  EXPECT_TRUE(report.comparison->gone.empty());
  EXPECT_EQ(report.comparison->undecided.size(), 1U);
}

TEST_F(AuditComparisonTest, WhoLooksAtFewerModulesFindsNothingGone) {
  earlier.all_modules = true;
  earlier.findings = {{"SIG-002", "a", "is wrong"}};
  found(compared_file, {});
  compare_audits(earlier, report);
  EXPECT_TRUE(report.comparison->gone.empty());
  report.all_modules = true;
  compare_audits(earlier, report);
  EXPECT_EQ(report.comparison->gone.size(), 1U);
}

TEST_F(AuditComparisonTest, WhatNeedsAKernelIsNotGoneWhereNoneRuns) {
  constexpr Check of_kernel{.id = "KERNEL-002", .needs = Needs::live_kernel};
  earlier.findings = {{"KERNEL-002", "kernel", "is wrong"}, {"SIG-002", "a", "is wrong"}};
  report.results.push_back({.check = &of_kernel, .verdict = not_applicable("no running kernel")});
  found(compared_file, {});
  compare_audits(earlier, report);
  ASSERT_EQ(report.comparison->undecided.size(), 1U);
  EXPECT_EQ(report.comparison->undecided[0].check, "KERNEL-002");
  EXPECT_EQ(report.comparison->gone.size(), 1U);
  facts.live = true;
  compare_audits(earlier, report);
  EXPECT_EQ(report.comparison->gone.size(), 2U) << "a check may come to have nothing to judge";
}

TEST_F(AuditComparisonTest, WhatIsWaivedIsNeitherNewNorGone) {
  const PolicyWaiver waiver;
  earlier.findings = {{"SIG-002", "a", "is wrong"}};
  found(compared_file, {});
  report.results[0].waived = {{{"a", "is wrong", {}}, &waiver}};
  compare_audits(earlier, report);
  EXPECT_TRUE(report.comparison->gone.empty());
  EXPECT_EQ(report.comparison->known_findings, 0U);
}

TEST_F(AuditComparisonTest, AGapIsNewWithAnotherReason) {
  earlier.unseen = {{"b", "permission denied"}, {"a", "permission denied"}};
  found(compared_file, {}, {{"a", "permission denied"}, {"b", "too large"}});
  compare_audits(earlier, report);
  ASSERT_EQ(report.comparison->new_gaps.size(), 1U);
  EXPECT_EQ(report.comparison->new_gaps[0], (Unseen{"b", "too large"}));
}

TEST_F(AuditComparisonTest, OnlyWhatIsNewCounts) {
  earlier.findings = {{"SIG-002", "a", "is wrong"}};
  found(compared_file, {{"a", "is wrong", {}}});
  found(compared_module, {{"a", "is wrong", {}}});
  EXPECT_TRUE(has_findings(report, Severity::high));
  compare_audits(earlier, report);
  EXPECT_FALSE(has_findings(report, Severity::high));
  EXPECT_TRUE(has_findings(report, Severity::low));
}

TEST_F(AuditComparisonTest, AnotherHostIsNamed) {
  earlier.machine_id = "0f3e";
  compare_audits(earlier, report);
  EXPECT_FALSE(report.comparison->other_host) << "this one is not known";
  facts.host.machine_id = "0f3f";
  compare_audits(earlier, report);
  EXPECT_TRUE(report.comparison->other_host);
}

}  // namespace
}  // namespace kmodsec::test
