// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/earlier_audit.hpp"

#include <string>

#include <gtest/gtest.h>

namespace kmodsec::test {
namespace {

std::string document(const std::string& checks, const std::string& unseen) {
  return R"({"schema": "kmodsec.audit/1", "host": {"name": "web1", "machine_id": "0f3e"},
             "time": "2026-11-20T10:00:00Z", "all_modules": true, "checks": [)" +
         checks + R"(], "unseen": [)" + unseen + "]}";
}

ErrorKind refusal(const std::string& text) {
  const auto earlier = parse_earlier_audit(text);
  EXPECT_FALSE(earlier) << text;
  return earlier ? ErrorKind::io : earlier.error().kind;
}

TEST(EarlierAudit, HasFindingsAndGaps) {
  const auto earlier = parse_earlier_audit(
      document(R"({"id": "SIG-002", "findings": [{"subject": "evil", "message": "is wrong"}],
                   "waived": [{"subject": "good", "message": "is waived"}]})",
               R"({"what": "/proc/keys", "why": "permission denied"})"));
  ASSERT_TRUE(earlier) << to_string(earlier.error());
  EXPECT_EQ(earlier->host, "web1");
  EXPECT_EQ(earlier->machine_id, "0f3e");
  EXPECT_EQ(earlier->time, "2026-11-20T10:00:00Z");
  EXPECT_TRUE(earlier->all_modules);
  ASSERT_EQ(earlier->findings.size(), 1U) << "what was waived is none";
  EXPECT_EQ(earlier->findings[0], (EarlierFinding{"SIG-002", "evil", "is wrong"}));
  ASSERT_EQ(earlier->unseen.size(), 1U);
  EXPECT_EQ(earlier->unseen[0], (Unseen{"/proc/keys", "permission denied"}));
}

TEST(EarlierAudit, MayLackWhatOlderVersionsLack) {
  const auto earlier = parse_earlier_audit(
      R"({"schema": "kmodsec.audit/1", "host": {"name": null}, "checks": [], "unseen": []})");
  ASSERT_TRUE(earlier) << to_string(earlier.error());
  EXPECT_EQ(earlier->host, "");
  EXPECT_TRUE(earlier->all_modules) << "it may have been an audit of all";
}

TEST(EarlierAudit, IsNoOtherDocument) {
  for (const std::string text :
       {"", "no JSON", "[]", "7", R"({"schema": "kmodsec.list/1", "checks": [], "unseen": []})",
        R"({"schema": "kmodsec.audit/2", "checks": [], "unseen": []})"})
    EXPECT_EQ(refusal(text), ErrorKind::malformed);
  EXPECT_EQ(refusal(std::string(100, '[') + std::string(100, ']')), ErrorKind::malformed);
}

TEST(EarlierAudit, IsWhole) {
  EXPECT_EQ(refusal(R"({"schema": "kmodsec.audit/1", "checks": []})"), ErrorKind::malformed);
  for (const std::string check :
       {"7", R"({"id": "SIG-002"})", R"({"findings": []})",
        R"({"id": "SIG-002", "findings": [{"subject": "evil"}]})", R"({"id": 7, "findings": []})"})
    EXPECT_EQ(refusal(document(check, "")), ErrorKind::malformed) << check;
  EXPECT_EQ(refusal(document("", R"({"what": "x"})")), ErrorKind::malformed);
}

TEST(EarlierAudit, IsNotLargerThanAnAnswer) {
  std::string values = "0";
  for (int i = 0; i < 4'000'000; ++i) values += ",0";
  EXPECT_EQ(refusal(document(values, "")), ErrorKind::too_large);
  EXPECT_EQ(refusal(std::string(earlier_audit_limit + 1, ' ')), ErrorKind::too_large);
}

}  // namespace
}  // namespace kmodsec::test
