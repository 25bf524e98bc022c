// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/audit_rules.hpp"

#include <cstring>

#include <gmock/gmock.h>
#include <libaudit.h>

#include "format/auditd/audit_calls.hpp"
#include "format/auditd/audit_rule_data.hpp"
#include "model/auditd/audit_rule_text.hpp"

namespace kmodsec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> rules_in(std::string_view text) {
  AuditRuleFiles files;
  parse_audit_rules(text, "/etc/audit/rules.d/a.rules", files);
  std::vector<std::string> rules;
  for (const AuditRule& rule : files.rules) rules.push_back(to_string(rule));
  for (const AuditRuleProblem& problem : files.problems) rules.push_back("? " + problem.reason);
  return rules;
}

TEST(AuditRules, HaveOneForm) {
  const std::string one =
      "-a always,exit -F arch=b64 -S delete_module,init_module -F auid!=unset -F auid>=1000 -F "
      "key=k";
  EXPECT_THAT(rules_in("-a always,exit -F arch=b64 -S init_module -S delete_module -F auid>=1000 "
                       "-F auid!=-1 -k k\n"),
              ElementsAre(one));
  EXPECT_THAT(rules_in("  -a exit,always -F arch=x86_64 -S delete_module,init_module -F "
                       "auid!=4294967295 -F auid>=1000 -F key=k"),
              ElementsAre(one));
}

TEST(AuditRules, TakeWatchesForWhatTheyAre) {
  EXPECT_THAT(rules_in("-w /etc/modprobe.d/ -p aw -k conf\n-w /sbin/insmod\n"),
              ElementsAre("-a always,exit -F path=/etc/modprobe.d -F perm=wa -F key=conf",
                          "-a always,exit -F path=/sbin/insmod -F perm=rwxa"));
}

TEST(AuditRules, PassOverSettingsAndComments) {
  AuditRuleFiles files;
  parse_audit_rules("-D\n-b 8192\n-f 1\n--backlog_wait_time 60000\n# -w /x\n\n-e 2\n", "a", files);
  EXPECT_THAT(files.rules, IsEmpty());
  EXPECT_THAT(files.problems, IsEmpty());
  EXPECT_TRUE(files.locks);
}

TEST(AuditRules, TellWhatTheyCannotRead) {
  AuditRuleFiles files;
  parse_audit_rules("-i\n-a always\n-S x\n-w\n-x 1\n-a always,exit -F auid\n", "a", files);
  EXPECT_THAT(files.rules, IsEmpty());
  ASSERT_EQ(files.problems.size(), 5U);
  EXPECT_EQ(files.problems[3].line, 5U);
  EXPECT_FALSE(files.problems[3].stops);
}

TEST(AuditRules, EndAtTheFirstMistake) {
  AuditRuleFiles files;
  parse_audit_rules("-w /a\n-a always,exit -S init_module -F arch=b64\n-w /b\n", "a", files);
  ASSERT_EQ(files.rules.size(), 1U);
  ASSERT_EQ(files.problems.size(), 1U);
  EXPECT_EQ(files.problems.front().line, 2U);
  EXPECT_TRUE(files.problems.front().stops);
}

TEST(AuditRules, EndAtARuleThatIsThereAlready) {
  EXPECT_THAT(rules_in("-w /a\n-w /a\n-w /b\n"),
              ElementsAre("-a always,exit -F path=/a -F perm=rwxa",
                          "? a line before it has the same rule"));
}

TEST(AuditRules, HaveValuesOfOptionsWithoutABlank) {
  EXPECT_THAT(rules_in("-aalways,exit -Farch=b64 -Sinit_module -kmodules\n-w /a -pwx -kk\n"),
              ElementsAre("-a always,exit -F arch=b64 -S init_module -F key=modules",
                          "-a always,exit -F path=/a -F perm=wx -F key=k"));
}

TEST(AuditRules, KeepQuotes) {
  EXPECT_THAT(rules_in("-a always,exit -S init_module -F \"auid>=0\"\n"),
              ElementsAre("? no field has the name \"auid"));
}

TEST(AuditRules, AreTakenAwayAgain) {
  const std::string module = "-a always,exit -F arch=b64 -S init_module -k modules-64\n";
  EXPECT_THAT(rules_in(module + "-D -k modules\n"), IsEmpty());
  EXPECT_THAT(rules_in(module + "-D\n"), IsEmpty());
  EXPECT_THAT(rules_in(module + "-d always,exit -F arch=b64 -S init_module -k modules-64\n"),
              IsEmpty());
  EXPECT_EQ(rules_in(module + "-D -k other\n").size(), 1U);
}

TEST(AuditRules, ThatArePrependedComeFirst) {
  EXPECT_THAT(rules_in("-a always,exit -S all\n-A never,exit -S all -F uid=0\n"),
              ElementsAre("-a never,exit -F uid=0", "-a always,exit"));
}

TEST(AuditRules, AreRefusedWhereALineBeforeLocksThem) {
  AuditRuleFiles files;
  parse_audit_rules("-e 2\n-w /a\n", "a", files);
  EXPECT_THAT(files.rules, IsEmpty());
  EXPECT_TRUE(files.locks);
  ASSERT_EQ(files.problems.size(), 1U);
}

TEST(AuditRules, OfOtherMachinesAreNotOfThisOne) {
  EXPECT_THAT(rules_in("-a always,exit -F arch=aarch64 -S init_module\n"),
              ElementsAre("-a always,exit -F arch=aarch64 -S init_module"));
}

TEST(AuditRules, OfWhatIsNotThereAreRefusedByTheKernel) {
  AuditRuleFiles files;
  AuditctlHost host;
  host.look = [](const std::string& path) {
    return path.starts_with("/gone") ? WatchedPlace::no_folder : WatchedPlace::file;
  };
  const std::string text = "-w /etc/a\n-w /gone/a\n-w /etc/b\n";
  parse_audit_rules(audit_rules_as_written(text, "a"), host, files);
  EXPECT_EQ(files.rules.size(), 1U);
  ASSERT_EQ(files.problems.size(), 1U);
  EXPECT_TRUE(files.problems.front().sure);
  host.look = [](const std::string&) { return WatchedPlace::unknown; };
  AuditRuleFiles offline;
  parse_audit_rules(audit_rules_as_written(text, "a"), host, offline);
  EXPECT_EQ(offline.rules.size(), 3U);
  ASSERT_EQ(offline.problems.size(), 3U);
  EXPECT_FALSE(offline.problems.front().sure);
}

TEST(AuditRules, OfUsersHaveTheirNumbers) {
  AuditRuleFiles files;
  AuditctlHost host;
  host.users = {{"alice", 1000}};
  host.names_are_whole = false;
  parse_audit_rules(audit_rules_as_written("-a always,exit -S all -F auid=alice\n"
                                           "-a always,exit -S all -F auid=bob\n",
                                           "a"),
                    host, files);
  ASSERT_EQ(files.rules.size(), 1U);
  EXPECT_EQ(to_string(files.rules.front()), "-a always,exit -F auid=1000");
  ASSERT_EQ(files.problems.size(), 1U);
  EXPECT_FALSE(files.problems.front().sure);
}

TEST(AuditRules, ThatTheKernelDoesNotTakeEndTheLoading) {
  for (const std::string rule :
       {"-a always,exit -S all -F auid>unset", "-a always,exit -S all -F uid=-1",
        "-a always,exit -S all -F uid&1", "-a always,exit -F path=/a -F path=/b -S all",
        "-a always,filesystem -F arch=b64 -F fstype=tracefs", "-w //"})
    EXPECT_EQ(rules_in(rule + "\n-w /a\n").size(), 1U) << rule;
}

TEST(AuditRules, OfLongLinesAreReadAsTheirPieces) {
  const std::string comment = "#" + std::string(6142, 'x');
  EXPECT_EQ(rules_in(comment + "-w /a\n").size(), 1U);
}

/// What libaudit makes of the same conditions.
std::string made_by_libaudit(const std::vector<std::string>& calls,
                             const std::vector<std::string>& fields) {
  auto* rule = static_cast<audit_rule_data*>(std::calloc(1, sizeof(audit_rule_data)));
  rule->action = AUDIT_ALWAYS;
  rule->flags = AUDIT_FILTER_EXIT;
  for (const std::string& field : fields) {
    std::string pair = field;
    EXPECT_EQ(::audit_rule_fieldpair_data(&rule, pair.data(), AUDIT_FILTER_EXIT), 0) << field;
  }
  for (const std::string& each : calls)
    EXPECT_EQ(::audit_rule_syscallbyname_data(rule, each.c_str()), 0) << each;
  std::string bytes(reinterpret_cast<const char*>(rule), sizeof *rule + rule->buflen);
  std::free(rule);
  return bytes;
}

std::string text_of(const std::string& bytes) {
  const auto rule = parse_audit_rule_data(bytes, AUDIT_ARCH_X86_64);
  return rule ? to_string(*rule) : to_string(rule.error());
}

TEST(AuditRuleData, SaysWhatTheFileSaid) {
  EXPECT_EQ(text_of(made_by_libaudit({"init_module", "finit_module"}, {"auid>=1000", "auid!=-1"})),
            rules_in("-a always,exit -S finit_module -S init_module -F auid!=unset -F auid>=1000")
                .front());
  EXPECT_EQ(text_of(made_by_libaudit({"all"}, {"path=/usr/bin/kmod", "perm=x"})),
            rules_in("-w /usr/bin/kmod -p x").front());
  EXPECT_EQ(text_of(made_by_libaudit({"all"}, {"dir=/etc/modprobe.d", "perm=wa"})),
            rules_in("-w /etc/modprobe.d/ -p wa").front());
  EXPECT_EQ(text_of(made_by_libaudit({"execve"}, {"exit=-EACCES", "success=0"})),
            rules_in("-a always,exit -S execve -F exit=-EACCES -F success=0").front());
}

TEST(AuditRuleData, RefusesWhatIsCut) {
  const std::string bytes = made_by_libaudit({"all"}, {"path=/usr/bin/kmod", "perm=x"});
  EXPECT_FALSE(parse_audit_rule_data("", AUDIT_ARCH_X86_64));
  EXPECT_FALSE(parse_audit_rule_data(std::string_view(bytes).substr(0, 1039), AUDIT_ARCH_X86_64));
  EXPECT_FALSE(parse_audit_rule_data(std::string_view(bytes).substr(0, bytes.size() - 1),
                                     AUDIT_ARCH_X86_64));
  std::string many = bytes;
  const std::uint32_t count = 65;
  std::memcpy(many.data() + offsetof(audit_rule_data, field_count), &count, sizeof count);
  EXPECT_FALSE(parse_audit_rule_data(many, AUDIT_ARCH_X86_64));
}

TEST(AuditCalls, AreThoseOfTheArchitecture) {
  EXPECT_EQ(audit_call(AUDIT_ARCH_X86_64, 313), AuditCall::load);
  EXPECT_EQ(audit_call(AUDIT_ARCH_X86_64, 0x40000000 + 313), AuditCall::load);
  EXPECT_EQ(audit_call(AUDIT_ARCH_I386, 350), AuditCall::load);
  EXPECT_EQ(audit_call(AUDIT_ARCH_I386, 129), AuditCall::unload);
  EXPECT_EQ(audit_call(AUDIT_ARCH_AARCH64, 273), AuditCall::load);
  EXPECT_EQ(audit_call(AUDIT_ARCH_X86_64, 59), AuditCall::execute);
  EXPECT_EQ(audit_call(AUDIT_ARCH_X86_64, -1), AuditCall::other);
  EXPECT_EQ(audit_call(0, 313), AuditCall::other);
}

}  // namespace
}  // namespace kmodsec
