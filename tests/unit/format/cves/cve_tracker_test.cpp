// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/cve_tracker.hpp"

#include <string>

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

std::vector<TrackerStatement> statements_of(std::string_view text) {
  auto statements = parse_cve_tracker(text);
  EXPECT_TRUE(statements) << statements.error().reason;
  return statements ? std::move(*statements) : std::vector<TrackerStatement>{};
}

constexpr std::string_view debian = R"({
  "bash": {"CVE-2014-6271": {"releases": {"bookworm": {"status": "open"}}}},
  "linux": {
    "CVE-2024-1086": {
      "description": "prose", "scope": "local",
      "releases": {
        "bookworm": {"status": "resolved", "fixed_version": "6.1.76-1", "urgency": "not yet assigned",
                     "repositories": {"bookworm": "6.1.176-1", "bookworm-security": "6.1.192-3"}},
        "sid": {"status": "resolved", "fixed_version": "0", "repositories": {"sid": "7.2.4-1"}}}},
    "CVE-2026-1000": {"releases": {
      "bookworm": {"status": "open", "repositories": {"bookworm": "6.1.176-1"}},
      "trixie": {"status": "undetermined", "repositories": {"trixie": "6.12.90-1"}}}},
    "TEMP-0000000-F7A20F": {"releases": {"bookworm": {"status": "open"}}}},
  "linux-6.12": {"CVE-2024-1086": {"releases": {
    "bookworm": {"status": "open", "repositories": {"bookworm-security": "6.12.117-1~deb12u1"}}}}}
})";

TEST(CveTracker, ReadsDebians) {
  const auto statements = statements_of(debian);
  ASSERT_EQ(statements.size(), 4U);
  EXPECT_EQ(statements[0].id, "2024-1086");
  EXPECT_EQ(statements[0].package, "linux");
  EXPECT_EQ(statements[0].stream, "bookworm");
  EXPECT_EQ(statements[0].status, TrackerStatus::fixed);
  EXPECT_EQ(statements[0].fixed_in, "6.1.76-1");
  EXPECT_EQ(statements[0].versions, (std::vector<std::string>{"6.1.176-1", "6.1.192-3"}));
  EXPECT_EQ(statements[1].status, TrackerStatus::not_affected);
  EXPECT_EQ(statements[2].package, "linux-6.12");
  EXPECT_EQ(statements[2].status, TrackerStatus::affected);
  EXPECT_EQ(statements[3].id, "2026-1000");
}

TEST(CveTracker, ReadsOsvRecords) {
  const std::string record =
      R"({"id": "UBUNTU-CVE-2024-1086", "upstream": ["CVE-2024-1086"], "affected": [
    {"package": {"ecosystem": "Ubuntu:22.04:LTS", "name": "linux"}, "versions": ["5.15.0-90.100"],
     "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "5.15.0-101.111"}]}]},
    {"package": {"ecosystem": "Ubuntu:22.04:LTS", "name": "bash"}, "versions": ["5.1"]}]})";
  for (const std::string& text : {record, "[" + record + "]"}) {
    const auto statements = statements_of(text);
    ASSERT_EQ(statements.size(), 1U);
    EXPECT_EQ(statements[0].id, "2024-1086");
    EXPECT_EQ(statements[0].stream, "Ubuntu:22.04:LTS");
    EXPECT_EQ(statements[0].fixed_in, "5.15.0-101.111");
    EXPECT_TRUE(statements[0].lists_affected);
  }
}

TEST(CveTracker, LeavesOutWhatWasWithdrawn) {
  EXPECT_TRUE(
      statements_of(R"({"id": "CVE-2024-1086", "withdrawn": "2024-02-01T00:00:00Z", "affected": [
    {"package": {"name": "linux"}, "versions": ["5.15.0-90.100"]}]})")
          .empty());
}

TEST(CveTracker, ReadsCsafVex) {
  const auto statements =
      statements_of(R"({"document": {"category": "csaf_vex"}, "vulnerabilities": [
    {"cve": "CVE-2024-1086", "product_status": {
      "fixed": ["BaseOS-9.4.0.Z.MAIN:kernel-0:5.14.0-427.13.1.el9_4.x86_64", "AppStream-9:bash-0:5.1-1.el9.src", "x"],
      "known_not_affected": ["red_hat_enterprise_linux_6:kernel", "red_hat_enterprise_linux_9:kernel-rt"],
      "known_affected": ["red_hat_enterprise_linux_8:kernel"]}}]})");
  ASSERT_EQ(statements.size(), 3U);
  EXPECT_EQ(statements[0].fixed_in, "5.14.0-427.13.1.el9_4");
  EXPECT_EQ(statements[0].stream, "el9_4");
  EXPECT_EQ(statements[1].stream, "el6");
  EXPECT_EQ(statements[1].status, TrackerStatus::not_affected);
  EXPECT_EQ(statements[2].stream, "el8");
  EXPECT_EQ(statements[2].status, TrackerStatus::affected);
}

TEST(CveTracker, RefusesWhatIsNone) {
  for (const std::string_view text :
       {"", "{", "[]", "{}", "[1]", R"({"linux": 1})", R"({"id": "CVE-2024-1086"})",
        R"([{"id": "CVE-2024-1086", "affected": []}, 1])"})
    EXPECT_FALSE(parse_cve_tracker(text)) << text;
  EXPECT_FALSE(parse_cve_tracker(std::string(100'000, '[')));
}

TEST(CveTracker, PassesOverWhatIsOfAnotherKind) {
  EXPECT_TRUE(
      statements_of(
          R"({"linux": {"CVE-2024-1086": {"releases": {"bookworm": 1}}, "CVE-2024-1087": []}})")
          .empty());
  EXPECT_TRUE(
      statements_of(
          R"({"document": {"category": "csaf_vex"}, "vulnerabilities": [1, {"cve": "CVE-2024-1086"}]})")
          .empty());
}

}  // namespace
}  // namespace kmodsec
