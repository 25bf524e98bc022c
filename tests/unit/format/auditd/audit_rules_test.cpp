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
  parse_audit_rules("-a always\n-S x\n-w\n-x 1\n-a always,exit -F auid\n", "a", files);
  EXPECT_THAT(files.rules, IsEmpty());
  ASSERT_EQ(files.problems.size(), 5U);
  EXPECT_EQ(files.problems[3].line, 4U);
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
