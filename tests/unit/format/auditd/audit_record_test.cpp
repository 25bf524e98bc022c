// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/audit_record.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(AuditRecord, HasTypeTimeAndSerial) {
  const auto record =
      parse_audit_record("type=KERN_MODULE msg=audit(1795702868.408:53): name=\"dummy\"");
  ASSERT_TRUE(record);
  EXPECT_EQ(record->type, "KERN_MODULE");
  EXPECT_EQ(record->stamp, (AuditStamp{1795702868, 408, 53}));
  EXPECT_EQ(record->fields, "name=\"dummy\"");
  EXPECT_EQ(record->node, "");
}

TEST(AuditRecord, MayBeOfAnotherHost) {
  const auto record = parse_audit_record("node=h1 type=LOGIN msg=audit(1.000:2): pid=3");
  ASSERT_TRUE(record);
  EXPECT_EQ(record->node, "h1");
}

TEST(AuditRecord, IsNothingElse) {
  for (const std::string_view line :
       {"", "type=", "type=SYSCALL", "type=SYSCALL msg=audit(", "type=A msg=audit(1:2): x",
        "type=A msg=audit(1.2:3) x", "type=A msg=audit(1.1000:3): x", "type=A msg=audit(-1.0:3): x",
        "type=A msg=audit(99999999999999999999.000:1): x",
        "type=A msg=audit(9223372036854775807.000:1): x", "node= type=A", " type=A"})
    EXPECT_FALSE(parse_audit_record(line)) << line;
}

TEST(AuditFields, AreWhatIsFoundOneByOne) {
  const std::string_view line =
      "a0=\"x y\" a0=2 old , a1[0]=6162\x1d"
      "UID=\"root\" b= c";
  const AuditFields all = audit_fields(line);
  EXPECT_EQ(all.size(), 4U);
  for (const auto& [name, value] : all) EXPECT_EQ(find_audit_field(line, name), value);
}

TEST(AuditField, IsFoundByItsWholeName) {
  constexpr std::string_view fields = "auid=1 uid=0 comm=\"a uid=5 b\" key=(null)\x1dUID=\"root\"";
  EXPECT_EQ(find_audit_field(fields, "uid"), "0");
  EXPECT_EQ(find_audit_field(fields, "comm"), "\"a uid=5 b\"");
  EXPECT_EQ(find_audit_field(fields, "UID"), "\"root\"");
  EXPECT_FALSE(find_audit_field(fields, "id"));
  EXPECT_FALSE(find_audit_field("uid", "uid"));
  EXPECT_EQ(find_audit_field("comm=\"open", "comm"), "\"open");
}

TEST(AuditText, IsQuotedOrHex) {
  EXPECT_EQ(decode_audit_text("\"dummy\""), "dummy");
  EXPECT_EQ(decode_audit_text("61206200"), std::string("a b\0", 4));
  EXPECT_EQ(decode_audit_text("(null)"), "");
  EXPECT_EQ(decode_audit_text("?"), "");
  EXPECT_EQ(decode_audit_text("FF61"), "\\xffa");
  EXPECT_EQ(decode_audit_text("pts0"), "pts0");
  EXPECT_EQ(decode_audit_text("\"cut"), "");
}

}  // namespace
}  // namespace kmodsec
