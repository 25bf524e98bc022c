// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "cve-tables/cve_record.hpp"
#include "cve-tables/exploited_catalog.hpp"
#include "cve-tables/kernelctf_metadata.hpp"
#include "format/baseline/baseline_record.hpp"
#include "format/files/json.hpp"
#include "format/policy/undo_log.hpp"

namespace kmodsec {
namespace {

using ::testing::HasSubstr;

std::string complaint_of(const Facts& facts) {
  const nlohmann::json document = {{"schema", "kmodsec.snapshot/2"},
                                   {"facts", facts_to_json(facts)}};
  const auto again = parse_snapshot(document.dump());
  return again ? "accepted" : again.error().reason;
}

TEST(Snapshot, ACertificateWasFoundSomewhere) {
  Facts facts;
  facts.trust = TrustSources{.certificates = {Certificate{.fingerprint = "aa"}}};
  EXPECT_THAT(complaint_of(facts), HasSubstr("found nowhere"));
  facts.trust->certificates.front().sources = {{CertificateOrigin::given, "/a.pem"}};
  EXPECT_EQ(complaint_of(facts), "accepted");
}

TEST(Snapshot, ARuleOfAuditIsForSomeCall) {
  Facts facts;
  facts.auditd = AuditdState{};
  facts.auditd->active = std::vector{AuditRule{.list = "exit"}};
  EXPECT_THAT(complaint_of(facts), HasSubstr("for no call"));
  facts.auditd->active = std::vector{AuditRule{.list = "exit", .calls = {"all"}}};
  EXPECT_EQ(complaint_of(facts), "accepted");
  facts.auditd->written = AuditRuleFiles{.rules = {AuditRule{.list = "exit"}}};
  EXPECT_THAT(complaint_of(facts), HasSubstr("for no call"));
}

UsedModule used(const std::string& module) {
  UsedModule used;
  used.module = module;
  used.boots = 1;
  used.requesters = {{RequesterKind::person, "losetup -f", 1000}, {RequesterKind::kernel, "x", {}}};
  return used;
}

TEST(Snapshot, ARecordOfUseIsInOrder) {
  Facts facts;
  facts.usage = UsageRecord{.modules = {used("loop"), used("fat")}};
  EXPECT_THAT(complaint_of(facts), HasSubstr("not in order"));
  facts.usage->modules = {used("fat"), used("fat")};
  EXPECT_THAT(complaint_of(facts), HasSubstr("not in order"));
  facts.usage->modules = {used("fat"), used("loop")};
  EXPECT_EQ(complaint_of(facts), "accepted");
}

TEST(Snapshot, ARecordOfUseComesBackWhole) {
  Facts facts;
  facts.usage = UsageRecord{.machine = "69156cc04453405aa6cac20fab25e0d1",
                            .boots = {{"boot-1", "6.1.0", 1, 2}},
                            .modules = {used("fat"), used("loop")},
                            .observed_since = 2,
                            .stopped = {{.module = "isofs", .times = 3, .requesters = {}}}};
  const nlohmann::json document = {{"schema", "kmodsec.snapshot/2"},
                                   {"facts", facts_to_json(facts)}};
  const auto again = parse_snapshot(document.dump());
  ASSERT_TRUE(again);
  EXPECT_EQ(*again->usage, *facts.usage);
}

TEST(Json, DepthIsNoEndOfTheStack) {
  constexpr std::size_t depth = 1'000'000;
  const std::string deep = std::string(depth, '[') + std::string(depth, ']');
  EXPECT_FALSE(is_shallow_json(deep));
  EXPECT_FALSE(parse_snapshot("{\"schema\":\"kmodsec.snapshot/2\",\"facts\":" + deep + "}"));
  EXPECT_FALSE(parse_undo_log("{\"schema\":" + deep + "}"));
  EXPECT_FALSE(parse_baseline("{\"schema\":" + deep + "}\n"));
  EXPECT_FALSE(parse_baseline_entry("{\"path\":" + deep + "}"));
  EXPECT_FALSE(parse_cve_record("{\"containers\":" + deep + "}"));
  EXPECT_FALSE(parse_exploited_catalog("{\"vulnerabilities\":" + deep + "}"));
  EXPECT_FALSE(parse_kernelctf_metadata("{\"vulnerability\":" + deep + "}"));
}

TEST(Json, BracketsInTextsAreNoDepth) {
  const std::string brackets(1000, '[');
  EXPECT_TRUE(is_shallow_json("{\"a\":\"" + brackets + "\\\"" + brackets + "\"}"));
  EXPECT_FALSE(is_shallow_json("{\"a\\\\\":" + brackets));
}

}  // namespace
}  // namespace kmodsec
