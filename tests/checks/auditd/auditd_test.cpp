// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

AuditRule with_field(AuditRule rule, AuditField field) {
  rule.fields.push_back(std::move(field));
  return rule;
}

TEST(AuditRecording, JudgesDaemonAndKernel) {
  Facts facts = healthy_machine();
  expect_pass("AUDITD-001", facts);
  facts.auditd->status->daemon = 0;
  expect_fail("AUDITD-001", facts, {"audit"});
  facts.auditd->status->enabled = 0;
  expect_fail("AUDITD-001", facts, {"audit"});
  facts.auditd->status = not_seen();
  expect_unknown("AUDITD-001", facts);
  facts.auditd->auditd = false;
  expect_fail("AUDITD-001", facts, {"audit"});
  facts.auditd = not_seen();
  expect_unknown("AUDITD-001", facts);
}

TEST(AuditCalls, MissesTheCallsOf32BitPrograms) {
  Facts facts = healthy_machine();
  expect_pass("AUDITD-002", facts);
  facts.auditd->active->pop_back();
  expect_fail("AUDITD-002", facts,
              {"init_module (b32)", "finit_module (b32)", "delete_module (b32)"});
  facts.kernel.arch = "armv7l";
  facts.auditd->active->front().arch = "b32";
  expect_pass("AUDITD-002", facts);
  facts.auditd->active = not_seen();
  expect_unknown("AUDITD-002", facts);
}

TEST(AuditCalls, NamesTheUnknownArchitectureOnce) {
  Facts facts = healthy_machine();
  facts.auditd->active->pop_back();
  facts.kernel.arch = not_seen();
  const Verdict verdict = verdict_of("AUDITD-002", facts);
  EXPECT_EQ(verdict.status, Status::unknown);
  EXPECT_EQ(std::ranges::count(verdict.unseen, "architecture", &Unseen::what), 1);
}

TEST(AuditCalls, MissesWhatAConditionHides) {
  Facts facts = healthy_machine();
  for (AuditRule& rule : *facts.auditd->active) {
    rule = with_field(rule, {"auid", "!=", "unset"});
    rule = with_field(rule, {"auid", ">=", "1000"});
  }
  const Verdict verdict = verdict_of("AUDITD-002", facts);
  ASSERT_EQ(verdict.findings.size(), 6U);
  EXPECT_NE(verdict.findings.front().message.find("not what the kernel loads by itself"),
            std::string::npos);
}

/// An audit user id that is unset is the highest number.
TEST(AuditCalls, HidesNoUnattendedLoadByALowestUser) {
  Facts facts = healthy_machine();
  for (AuditRule& rule : *facts.auditd->active) rule = with_field(rule, {"auid", ">=", "1000"});
  const Verdict verdict = verdict_of("AUDITD-002", facts);
  ASSERT_EQ(verdict.findings.size(), 6U);
  EXPECT_EQ(verdict.findings.front().message, "recorded only where auid>=1000");
}

TEST(AuditCalls, AreKeptOutByAConditionBeforeTheRule) {
  Facts facts = healthy_machine();
  AuditRule never = with_field(facts.auditd->active->front(), {"exe", "=", "/usr/bin/kmod"});
  never.action = "never";
  facts.auditd->active->insert(facts.auditd->active->begin(), never);
  const Verdict verdict = verdict_of("AUDITD-002", facts);
  ASSERT_EQ(verdict.findings.size(), 3U);
  EXPECT_EQ(verdict.findings.front().message, "a rule keeps it out where exe=/usr/bin/kmod");
}

TEST(AuditCalls, NamesTheRuleThatHidesLeast) {
  Facts facts = healthy_machine();
  AuditRule& rule = facts.auditd->active->front();
  const AuditRule whole = rule;
  rule = with_field(whole, {"auid", "!=", "unset"});
  facts.auditd->active->push_back(with_field(whole, {"success", "=", "1"}));
  EXPECT_EQ(verdict_of("AUDITD-002", facts).findings.front().message,
            "recorded only where success=1");
  facts.auditd->active->push_back(with_field(whole, {"success", "=", "0"}));
  expect_pass("AUDITD-002", facts);
}

TEST(AuditCalls, WithoutAnArchitectureAreThoseOfTheHost) {
  Facts facts = healthy_machine();
  facts.auditd->active->pop_back();
  facts.auditd->active->front().arch.clear();
  expect_fail("AUDITD-002", facts,
              {"init_module (b32)", "finit_module (b32)", "delete_module (b32)"});
  facts.auditd->active->front().arch = "aarch64";
  EXPECT_EQ(verdict_of("AUDITD-002", facts).findings.size(), 6U);
}

TEST(AuditCalls, TakesTheFirstRuleThatFits) {
  Facts facts = healthy_machine();
  AuditRule never = facts.auditd->active->front();
  never.action = "never";
  never.calls = {"finit_module"};
  auto& rules = *facts.auditd->active;
  rules.push_back(never);
  expect_pass("AUDITD-002", facts);
  rules.insert(rules.begin(), never);
  expect_fail("AUDITD-002", facts, {"finit_module (b64)"});
}

TEST(AuditCalls, KnowsWhatSilencesAllOfThem) {
  Facts facts = healthy_machine();
  facts.auditd->active->push_back({.list = "task", .action = "never", .calls = {"all"}});
  expect_fail("AUDITD-002", facts, {"all system calls"});
  facts.auditd->active->back() = {.list = "exclude",
                                  .action = "always",
                                  .calls = {"all"},
                                  .fields = {{"msgtype", "=", "1330"}}};
  expect_fail("AUDITD-002", facts, {"all system calls"});
  facts.auditd->active->back().fields = {{"msgtype", ">=", "1300"}, {"uid", "=", "0"}};
  facts.auditd->active->back().action = "never";
  EXPECT_EQ(verdict_of("AUDITD-002", facts).findings.front().message,
            "their records are dropped where uid=0");
  facts.auditd->active->back().fields = {{"msgtype", "=", "1307"}};
  expect_pass("AUDITD-002", facts);
}

TEST(AuditCalls, AreNotRecordedByWatchesOfFiles) {
  Facts facts = healthy_machine();
  *facts.auditd->active = {{.list = "exit",
                            .action = "always",
                            .calls = {"all"},
                            .fields = {{"path", "=", "/sbin/insmod"}, {"perm", "=", "x"}}}};
  EXPECT_EQ(verdict_of("AUDITD-002", facts).findings.size(), 6U);
}

TEST(AuditRulesOnDisk, AreJudgedWithoutAKernel) {
  Facts facts = healthy_machine();
  expect_pass("AUDITD-003", facts);
  facts.auditd->written->problems.push_back({"/etc/audit/rules.d/a.rules", 3, "-x", "no option"});
  expect_fail("AUDITD-003", facts, {"/etc/audit/rules.d/a.rules"});
  facts.auditd->written->problems.front().sure = false;
  expect_unknown("AUDITD-003", facts);
  facts.auditd->written->problems.clear();
  facts.auditd->written->switches_off = true;
  expect_fail("AUDITD-003", facts, {"audit"});
  facts.auditd->written->switches_off = false;
  facts.auditd->written->loader = AuditRuleLoader::nothing;
  expect_fail("AUDITD-003", facts, {"audit rules"});
  facts.auditd->written = AuditRuleFiles{};
  EXPECT_EQ(verdict_of("AUDITD-003", facts).findings.size(), 6U);
  facts.auditd->written = not_seen();
  expect_unknown("AUDITD-003", facts);
  facts.auditd = AuditdState{};
  expect_not_applicable("AUDITD-003", facts);
}

TEST(AuditRulesOnDisk, OfAnUnknownArchitectureMayMiss32BitPrograms) {
  Facts facts = healthy_machine();
  facts.kernel.arch = not_seen();
  expect_pass("AUDITD-003", facts);
  facts.auditd->written->rules.pop_back();
  expect_unknown("AUDITD-003", facts);
}

TEST(AuditRulesInForce, DifferBothWays) {
  Facts facts = healthy_machine();
  expect_pass("AUDITD-004", facts);
  facts.auditd->active->pop_back();
  const std::string b32 =
      "-a always,exit -F arch=b32 -S delete_module,finit_module,init_module -F key=modules";
  expect_fail("AUDITD-004", facts, {b32});
  std::swap(*facts.auditd->active, facts.auditd->written->rules);
  expect_fail("AUDITD-004", facts, {b32});
  facts.auditd->active = not_seen();
  expect_unknown("AUDITD-004", facts);
}

TEST(AuditRulesInForce, WaitForTheNextBootWhereTheyAreLocked) {
  Facts facts = healthy_machine();
  facts.auditd->active->clear();
  facts.auditd->status->enabled = 2;
  EXPECT_NE(verdict_of("AUDITD-004", facts).findings.front().message.find("-e 2"),
            std::string::npos);
}

TEST(AuditRulesInForce, TellsThatALockOnDiskIsNotInForceYet) {
  Facts facts = healthy_machine();
  facts.auditd->written->locks = true;
  expect_fail("AUDITD-004", facts, {"-e 2"});
  facts.auditd->status->enabled = 2;
  expect_pass("AUDITD-004", facts);
}

TEST(AuditRecordsLost, AreCounted) {
  Facts facts = healthy_machine();
  expect_pass("AUDITD-005", facts);
  facts.auditd->status->lost = 12;
  expect_fail("AUDITD-005", facts, {"audit"});
  facts.auditd->status = not_seen();
  expect_unknown("AUDITD-005", facts);
}

TEST(AuditWatchesLoader, NamesTheLink) {
  Facts facts = healthy_machine();
  expect_pass("AUDITD-006", facts);
  facts.auditd->written->rules.push_back(
      {.list = "exit",
       .action = "always",
       .calls = {"all"},
       .fields = {{"path", "=", "/sbin/modprobe"}, {"perm", "=", "x"}},
       .source = "/etc/audit/rules.d/modules.rules",
       .line = 2});
  expect_fail("AUDITD-006", facts, {"/sbin/modprobe"});
  auto& fields = facts.auditd->written->rules.back().fields;
  fields.insert(fields.begin(), {"auid", ">=", "1000"});
  expect_fail("AUDITD-006", facts, {"/sbin/modprobe"});
  facts.auditd->written = not_seen();
  expect_unknown("AUDITD-006", facts);
}

}  // namespace
}  // namespace kmodsec::test
