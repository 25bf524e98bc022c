// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "analyze/causes.hpp"
#include "analyze/fix_command.hpp"
#include "analyze/policy/waivers.hpp"

namespace kmodsec::test {
namespace {

constexpr Check unsigned_file{.id = "SIG-002", .command = "kmodsec show {}"};
constexpr Check unsigned_module{.id = "MODULE-003", .follows = {"SIG-002"}};
constexpr Check tainted{.id = "TAINT-001", .follows = {"MODULE-003"}};

CheckResult failed(const Check& check, const std::vector<std::string>& subjects) {
  CheckResult result{.check = &check, .verdict = {.status = Status::fail}};
  for (const std::string& subject : subjects)
    result.verdict.findings.push_back({subject, "is wrong", {}});
  return result;
}

TEST(Causes, OneFaultFailsSeveralChecks) {
  std::vector<CheckResult> results = {failed(unsigned_module, {"a"}), failed(unsigned_file, {"a"}),
                                      failed(tainted, {"taint E"})};
  find_causes(results);
  EXPECT_EQ(results[0].cause, "SIG-002");
  EXPECT_EQ(results[1].cause, "");
  EXPECT_EQ(results[2].cause, "SIG-002") << "a cause has none itself";
}

TEST(Causes, AnotherSubjectIsAnotherFault) {
  std::vector<CheckResult> results = {failed(unsigned_file, {"a"}),
                                      failed(unsigned_module, {"a", "b"})};
  find_causes(results);
  EXPECT_EQ(results[1].cause, "");
}

TEST(Causes, WhatPassesExplainsNothing) {
  std::vector<CheckResult> results = {failed(unsigned_file, {}), failed(unsigned_module, {"a"})};
  results[0].verdict.status = Status::pass;
  find_causes(results);
  EXPECT_EQ(results[1].cause, "");
}

TEST(FixCommand, HasTheSubjectsOnce) {
  EXPECT_EQ(fix_command(failed(unsigned_file, {"b", "a", "b"})), "kmodsec show a b");
}

TEST(FixCommand, ExplainsWhereNothingElseHelps) {
  EXPECT_EQ(fix_command(failed(tainted, {"taint E"})), "kmodsec explain TAINT-001");
}

TEST(FixCommand, HasNoWordThatAShellReads) {
  for (const std::string hostile : {"a;reboot", "$(reboot)", "-rf", "a b", "a\nb", "", "`x`", "a*"})
    EXPECT_EQ(fix_command(failed(unsigned_file, {hostile})), "kmodsec explain SIG-002") << hostile;
}

TEST(FixCommand, IsNotLongerThanALine) {
  EXPECT_EQ(fix_command(failed(unsigned_file, {"a", "b", "c", "d", "e", "f"})),
            "kmodsec explain SIG-002");
}

Facts policy_with(PolicyWaiver waiver) {
  Facts facts;
  facts.time = 1000;
  facts.policy = Policy{.waivers = {std::move(waiver)}};
  return facts;
}

TEST(Waivers, CoverACheck) {
  const Facts facts = policy_with({"SIG-002", "", "why", "who", 1001});
  CheckResult result = failed(unsigned_file, {"a", "b"});
  waive_findings(facts, result);
  EXPECT_EQ(result.verdict.status, Status::waived);
  EXPECT_EQ(result.waived.size(), 2U);
  EXPECT_EQ(result.waived[0].waiver->owner, "who");
}

TEST(Waivers, CoverOneSubject) {
  const Facts facts = policy_with({"SIG-002", "a", "why", "who", 1001});
  CheckResult result = failed(unsigned_file, {"a", "b"});
  waive_findings(facts, result);
  EXPECT_EQ(result.verdict.status, Status::fail);
  ASSERT_EQ(result.verdict.findings.size(), 1U);
  EXPECT_EQ(result.verdict.findings[0].subject, "b");
}

TEST(Waivers, EndAtTheirTime) {
  const Facts facts = policy_with({"SIG-002", "", "why", "who", 1000});
  CheckResult result = failed(unsigned_file, {"a"});
  waive_findings(facts, result);
  EXPECT_EQ(result.verdict.status, Status::fail);
}

TEST(Waivers, LeaveTheGapsOfACheckThatJudged) {
  const Facts facts = policy_with({"SIG-002", "", "why", "who", 1001});
  CheckResult result = failed(unsigned_file, {"a"});
  result.verdict.unseen = {{"a file", "permission denied"}};
  waive_findings(facts, result);
  EXPECT_EQ(result.verdict.status, Status::waived);
  EXPECT_EQ(result.verdict.unseen.size(), 1U);
}

std::vector<std::string> idle_subjects(const Facts& facts, CheckResult result) {
  AuditReport report{.facts = &facts, .results = {}, .unseen = result.verdict.unseen};
  report.waived_gaps = result.waived_gaps;
  report.results.push_back(std::move(result));
  std::vector<std::string> subjects;
  for (const PolicyWaiver* waiver : idle_waivers(report))
    subjects.push_back(waiver->check.empty() ? waiver->gap : waiver->subject);
  return subjects;
}

TEST(Waivers, ThatCoverNothingAreListed) {
  Facts facts = policy_with({"SIG-002", "a", "why", "who", 1001});
  facts.policy->waivers.push_back({"SIG-002", "misspelt", "why", "who", 1001});
  facts.policy->waivers.push_back({"SIG-002", "over", "why", "who", 1000});
  CheckResult result = failed(unsigned_file, {"a", "b"});
  waive_findings(facts, result);
  EXPECT_EQ(idle_subjects(facts, result), std::vector<std::string>{"misspelt"});
}

TEST(Waivers, OfACheckThatCouldNotLookAtAllMayCoverSomething) {
  const Facts facts = policy_with({"SIG-002", "c", "why", "who", 1001});
  CheckResult result = failed(unsigned_file, {"a"});
  result.verdict.unseen = {{"a file", "permission denied"}};
  waive_findings(facts, result);
  EXPECT_TRUE(idle_subjects(facts, result).empty());
}

TEST(Waivers, OfACheckThatCouldNotJudgeMayCoverSomething) {
  const Facts facts = policy_with({"SIG-002", "c", "why", "who", 1001});
  CheckResult result{.check = &unsigned_file, .verdict = {.status = Status::unknown}};
  result.verdict.unseen = {{"a file", "permission denied"}};
  waive_findings(facts, result);
  EXPECT_TRUE(idle_subjects(facts, result).empty());
}

PolicyWaiver of_gap(std::string gap, std::string why = {}, std::int64_t until = 1001) {
  return {.reason = "why",
          .owner = "who",
          .until = until,
          .gap = std::move(gap),
          .why = std::move(why)};
}

CheckResult blind(const std::vector<Unseen>& unseen) {
  return {.check = &unsigned_file, .verdict = judge({}, unseen)};
}

TEST(GapWaivers, CoverWhatCouldNotBeSeen) {
  const Facts facts = policy_with(of_gap("a log"));
  CheckResult result = blind({{"a log", "is not there"}});
  waive_findings(facts, result);
  waive_gaps(facts, result);
  EXPECT_EQ(result.verdict.status, Status::waived);
  EXPECT_TRUE(result.verdict.unseen.empty());
  ASSERT_EQ(result.waived_gaps.size(), 1U);
  EXPECT_EQ(result.waived_gaps[0].gap, (Unseen{"a log", "is not there"}));
  EXPECT_EQ(result.waived_gaps[0].waiver->owner, "who");
  EXPECT_TRUE(idle_subjects(facts, result).empty());
}

TEST(GapWaivers, LeaveOtherGaps) {
  const Facts facts = policy_with(of_gap("a log"));
  CheckResult result = blind({{"a file", "permission denied"}, {"a log", "is not there"}});
  waive_gaps(facts, result);
  EXPECT_EQ(result.verdict.status, Status::unknown);
  ASSERT_EQ(result.verdict.unseen.size(), 1U);
  EXPECT_EQ(result.verdict.unseen[0].what, "a file");
}

TEST(GapWaivers, MayBeOfOneReason) {
  const Facts facts = policy_with(of_gap("a log", "is not there"));
  CheckResult result = blind({{"a log", "permission denied"}});
  waive_gaps(facts, result);
  EXPECT_EQ(result.verdict.status, Status::unknown);
  EXPECT_EQ(idle_subjects(facts, result), std::vector<std::string>{"a log"});
}

TEST(GapWaivers, EndAtTheirTime) {
  const Facts facts = policy_with(of_gap("a log", "", 1000));
  CheckResult result = blind({{"a log", "is not there"}});
  waive_gaps(facts, result);
  EXPECT_EQ(result.verdict.status, Status::unknown);
  EXPECT_TRUE(idle_subjects(facts, result).empty()) << "POLICY-004 names it";
}

TEST(GapWaivers, HideNoFinding) {
  const Facts facts = policy_with(of_gap("a log"));
  CheckResult result = failed(unsigned_file, {"a"});
  result.verdict.unseen = {{"a log", "is not there"}};
  waive_findings(facts, result);
  waive_gaps(facts, result);
  EXPECT_EQ(result.verdict.status, Status::fail);
  EXPECT_TRUE(result.verdict.unseen.empty());
}

TEST(GapWaivers, AreListedOnce) {
  const Facts facts = policy_with(of_gap("a log"));
  std::vector<Unseen> unseen = {{"a log", "is not there"}, {"a log", "is not there"}};
  std::vector<WaivedGap> waived;
  waive_gaps(facts, unseen, waived);
  EXPECT_TRUE(unseen.empty());
  EXPECT_EQ(waived.size(), 1U);
}

TEST(GapWaivers, NeedAPolicyThatWasRead) {
  Facts facts;
  CheckResult result = blind({{"a log", "is not there"}});
  waive_gaps(facts, result);
  EXPECT_EQ(result.verdict.status, Status::unknown);
}

TEST(Waivers, CoverNoOtherCheck) {
  const Facts facts = policy_with({"SIG-001", "", "why", "who", 1001});
  CheckResult result = failed(unsigned_file, {"a"});
  waive_findings(facts, result);
  EXPECT_EQ(result.verdict.status, Status::fail);
}

}  // namespace
}  // namespace kmodsec::test
