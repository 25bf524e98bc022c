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

TEST(Waivers, ThatCoverNothingAreListed) {
  Facts facts = policy_with({"SIG-002", "a", "why", "who", 1001});
  facts.policy->waivers.push_back({"SIG-002", "misspelt", "why", "who", 1001});
  facts.policy->waivers.push_back({"SIG-002", "over", "why", "who", 1000});
  CheckResult result = failed(unsigned_file, {"a", "b"});
  waive_findings(facts, result);
  const auto idle = idle_waivers(facts, {result});
  ASSERT_EQ(idle.size(), 1U);
  EXPECT_EQ(idle[0]->subject, "misspelt");
}

TEST(Waivers, OfACheckThatFoundOthersAreListedWhateverItCouldNotSee) {
  const Facts facts = policy_with({"SIG-002", "c", "why", "who", 1001});
  CheckResult result = failed(unsigned_file, {"a"});
  result.verdict.unseen = {{"a file", "permission denied"}};
  waive_findings(facts, result);
  EXPECT_EQ(idle_waivers(facts, {result}).size(), 1U);
}

TEST(Waivers, OfACheckThatCouldNotJudgeMayCoverSomething) {
  const Facts facts = policy_with({"SIG-002", "c", "why", "who", 1001});
  CheckResult result{.check = &unsigned_file, .verdict = {.status = Status::unknown}};
  result.verdict.unseen = {{"a file", "permission denied"}};
  waive_findings(facts, result);
  EXPECT_TRUE(idle_waivers(facts, {result}).empty());
}

TEST(Waivers, CoverNoOtherCheck) {
  const Facts facts = policy_with({"SIG-001", "", "why", "who", 1001});
  CheckResult result = failed(unsigned_file, {"a"});
  waive_findings(facts, result);
  EXPECT_EQ(result.verdict.status, Status::fail);
}

}  // namespace
}  // namespace kmodsec::test
