// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/augenrules.hpp"

#include <gmock/gmock.h>

#include "format/auditd/version_order.hpp"

namespace kmodsec {
namespace {

using testing::ElementsAre;

std::string generated(const std::vector<AuditRulesText>& files, AugenrulesDialect dialect = {}) {
  const std::string text = generate_audit_rules("/d", files, dialect).text;
  return text.substr(text.find('\n') + 1);
}

TEST(VersionOrder, CountsNumbers) {
  EXPECT_TRUE(is_before_by_version("9-a.rules", "10-b.rules"));
  EXPECT_FALSE(is_before_by_version("10-b.rules", "9-a.rules"));
  EXPECT_TRUE(is_before_by_version("a~.rules", "a.rules"));
  EXPECT_FALSE(is_before_by_version("a", "a"));
}

TEST(Augenrules, TakesFilesByTheVersionsInTheirNames) {
  EXPECT_THAT(
      augenrules_order({"10-b.rules", "9-a.rules", ".hidden.rules", "x.conf", "a b.rules"}, {}),
      ElementsAre("9-a.rules", "10-b.rules", "a", "b.rules"));
}

TEST(Augenrules, TakesANameForAPatternInOlderScripts) {
  EXPECT_THAT(augenrules_order({"[ab].rules", "a.rules"}, {}), ElementsAre("a.rules", "a.rules"));
  EXPECT_THAT(augenrules_order({"[ab].rules", "a.rules"}, {.quotes_names = true}),
              ElementsAre("a.rules", "[ab].rules"));
}

TEST(Augenrules, MovesSettings) {
  EXPECT_EQ(
      generated({{"a", "-w /a\n-e 2\n# c\n\n-b 1\n"}, {"b", "-D\n-b 2\n-f 1\n-D -k x\n-w /b"}}),
      "-D\n-b 2\n-f 1\n-w /a\n-D -k x\n-w /b\n-e 2\n");
}

TEST(Augenrules, JoinsAFileWithoutANewlineToTheNext) {
  const GeneratedAuditRules rules =
      generate_audit_rules("/d", {{"a", "-i\n-w /a"}, {"b", "-w /b\n-w /c\n"}}, {});
  EXPECT_EQ(rules.text.substr(rules.text.find("-i")), "-i\n-w /a-w /b\n-w /c\n\n");
  EXPECT_EQ(rules.origins.at(5).path, "a");
  EXPECT_EQ(rules.origins.at(5).line, 2U);
  EXPECT_EQ(rules.origins.at(6).path, "b");
  EXPECT_EQ(rules.origins.at(6).line, 2U);
}

TEST(Augenrules, HangsOnTheAwkOfTheHost) {
  EXPECT_EQ(generated({{"a", " -e 2\n-w /a\n"}}), "\n\n\n-w /a\n -e 2\n");
  EXPECT_EQ(generated({{"a", " -e 2\n-w /a\n"}}, {.knows_blanks = false}),
            "\n\n\n -e 2\n-w /a\n\n");
}

TEST(Augenrules, ReadsItsOwnScript) {
  const AugenrulesDialect dialect = augenrules_dialect("sub(/\\r$/, \"\"); cat d/\"${rules}\"");
  EXPECT_TRUE(dialect.strips_cr);
  EXPECT_TRUE(dialect.quotes_names);
  EXPECT_EQ(generated({{"a", "-w /a\r\n"}}, dialect), "\n\n\n-w /a\n\n");
}

}  // namespace
}  // namespace kmodsec
