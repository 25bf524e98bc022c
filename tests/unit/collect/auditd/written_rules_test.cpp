// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/auditd/written_rules.hpp"

#include <gmock/gmock.h>

#include "model/auditd/audit_rule_text.hpp"
#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A host whose awk is gawk, and which knows all users.
MemoryRoot host() {
  MemoryRoot root;
  root.add_file("/usr/bin/gawk", "");
  root.add_link("/usr/bin/awk", "gawk");
  root.add_file("/etc/passwd", "root:x:0:0::/root:/bin/sh\nalice:x:1000:1000::/:/bin/sh\n");
  root.add_file("/etc/group", "root:x:0:\n");
  root.add_file("/etc/nsswitch.conf", "passwd: files systemd # here\n");
  return root;
}

AuditRuleFiles written(const MemoryRoot& root) {
  const auto files = collect_written_rules(root, "x86_64");
  EXPECT_TRUE(files) << files.error().reason;
  return files.value_or(AuditRuleFiles{});
}

std::vector<std::string> rules_of(const MemoryRoot& root) {
  std::vector<std::string> texts;
  for (const AuditRule& rule : written(root).rules) texts.push_back(to_string(rule));
  return texts;
}

constexpr std::string_view always = "-a always,exit -F arch=b64 -S init_module\n";
constexpr std::string_view never = "-a never,exit -F arch=b64 -S init_module\n";

TEST(WrittenAuditRules, AreOrderedByVersion) {
  MemoryRoot root = host();
  root.add_file("/etc/audit/rules.d/9-a.rules", std::string(never));
  root.add_file("/etc/audit/rules.d/10-b.rules", std::string(always));
  const AuditRuleFiles files = written(root);
  ASSERT_EQ(files.rules.size(), 2U);
  EXPECT_EQ(files.rules.front().action, "never");
  EXPECT_EQ(files.rules.front().source, "/etc/audit/rules.d/9-a.rules");
  EXPECT_EQ(files.rules.front().line, 1U);
  EXPECT_THAT(files.problems, IsEmpty());
}

TEST(WrittenAuditRules, AreThoseOfTheOneFileWithoutAFolder) {
  MemoryRoot root = host();
  root.add_file("/etc/audit/audit.rules", "-D\n" + std::string(always));
  const AuditRuleFiles files = written(root);
  EXPECT_EQ(files.from, "/etc/audit/audit.rules");
  EXPECT_EQ(files.rules.size(), 1U);
}

TEST(WrittenAuditRules, AreThoseThatTheUnitLoads) {
  MemoryRoot root = host();
  root.add_file("/etc/audit/audit.rules", std::string(never));
  root.add_file("/etc/audit/rules.d/a.rules", std::string(always));
  EXPECT_EQ(written(root).problems.size(), 1U) << "nothing tells which is loaded";
  root.add_file("/usr/lib/systemd/system/auditd.service",
                "[Service]\nExecStart=/sbin/auditd\nExecStartPost=-/sbin/augenrules --load\n"
                "#ExecStartPost=-/sbin/auditctl -R /etc/audit/audit.rules\n");
  EXPECT_EQ(written(root).loader, AuditRuleLoader::augenrules);
  EXPECT_EQ(written(root).rules.front().action, "always");
  EXPECT_THAT(written(root).problems, IsEmpty());
  root.add_file(
      "/etc/systemd/system/auditd.service.d/rules.conf",
      "[Service]\nExecStartPost=\nExecStartPost=-/sbin/auditctl -R /etc/audit/audit.rules\n");
  const AuditRuleFiles files = written(root);
  EXPECT_EQ(files.loader, AuditRuleLoader::auditctl);
  EXPECT_EQ(files.loaded_by, "/usr/lib/systemd/system/auditd.service");
  EXPECT_EQ(files.rules.front().action, "never");
}

TEST(WrittenAuditRules, AreNoneWhereTheUnitIsMasked) {
  MemoryRoot root = host();
  root.add_file("/etc/audit/rules.d/a.rules", std::string(always));
  root.add_link("/etc/systemd/system/auditd.service", "/dev/null");
  EXPECT_EQ(written(root).loader, AuditRuleLoader::nothing);
  EXPECT_THAT(rules_of(root), IsEmpty());
}

TEST(WrittenAuditRules, OfOtherInitsAreThoseOfTheirScript) {
  MemoryRoot root = host();
  root.add_file("/etc/audit/audit.rules", std::string(never));
  root.add_file("/etc/audit/rules.d/a.rules", std::string(always));
  root.add_file("/etc/init.d/auditd", "auditctl -R \"${RULEFILE_STARTUP}\"\n");
  EXPECT_EQ(written(root).loader, AuditRuleLoader::auditctl);
  EXPECT_EQ(written(root).from, "/etc/audit/audit.rules");
  root.add_file("/etc/init.d/auditd",
                "case $USE_AUGENRULES in yes) augenrules;; *) auditctl -R x;;");
  root.add_file("/etc/default/auditd", "USE_AUGENRULES=\"yes\"\n");
  EXPECT_EQ(written(root).loader, AuditRuleLoader::augenrules);
}

TEST(WrittenAuditRules, HangOnTheAwkOfTheHost) {
  MemoryRoot root = host();
  root.add_file("/etc/audit/rules.d/a.rules", " -e 2\n" + std::string(always));
  EXPECT_EQ(written(root).rules.size(), 1U);
  root.add_link("/usr/bin/awk", "mawk");
  root.add_file("/usr/bin/mawk", "");
  const AuditRuleFiles files = written(root);
  EXPECT_THAT(files.rules, IsEmpty());
  ASSERT_EQ(files.problems.size(), 2U);
  EXPECT_TRUE(files.problems[0].stops && files.problems[0].sure);
  EXPECT_FALSE(files.problems[1].sure);
}

TEST(WrittenAuditRules, KnowTheUsersOfTheHost) {
  MemoryRoot root = host();
  root.add_file("/etc/audit/rules.d/a.rules",
                "-i\n-a always,exit -S all -F auid=alice\n-a always,exit -S all -F auid=bob\n");
  EXPECT_THAT(rules_of(root), ElementsAre("-a always,exit -F auid=1000"));
  EXPECT_TRUE(written(root).problems.front().sure);
  root.add_file("/etc/nsswitch.conf", "passwd: files sss\n");
  EXPECT_FALSE(written(root).problems.front().sure);
}

TEST(WrittenAuditRules, TellOfWhatNobodyReads) {
  MemoryRoot root = host();
  root.add_file("/etc/audit/rules.d/folder.rules/a", "");
  root.add_file("/etc/audit/rules.d/a.rules", std::string(always));
  const AuditRuleFiles files = written(root);
  EXPECT_EQ(files.rules.size(), 1U);
  ASSERT_EQ(files.problems.size(), 1U);
  EXPECT_FALSE(files.problems.front().stops);
}

}  // namespace
}  // namespace kmodsec::test
