// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/status.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "analyze/audit.hpp"
#include "analyze/exposure_report.hpp"
#include "base/utc_time.hpp"
#include "support/known_cves_builder.hpp"

namespace kmodsec::test {
namespace {

bool names_vulnerabilities(const std::vector<Unseen>& unseen) {
  return std::ranges::any_of(
      unseen, [](const Unseen& gap) { return gap.what.starts_with("vulnerabilities of"); });
}

/// Nobody can tell of this one, whose record names no versions, and no check asks about it.
TEST(HostStatus, LeavesVulnerabilitiesToTheAudit) {
  const Facts facts = machine_with_cves("2024-1000\tudf\t\t\twild\tuser\n");
  const AuditReport report = audit(facts, {});
  EXPECT_TRUE(names_vulnerabilities(answer_doors(facts, {.all_open = true}).unseen));
  EXPECT_FALSE(names_vulnerabilities(status_of(report).unseen));
}

TEST(HostStatus, CountsTheVulnerabilitiesOfWhichNobodyCanTell) {
  const Facts facts = machine_with_cves("2024-1000\tudf\t\t\twild\tuser\n");
  EXPECT_EQ(status_of(audit(facts, {})).undecided_cves, 1U);
  Facts without = facts;
  without.known_cves = failure(ErrorKind::not_found, "tables", "not read");
  EXPECT_EQ(status_of(audit(without, {})).undecided_cves, std::nullopt);
}

/// What it does not see for the glance alone is waived as well, and its waiver is not idle.
TEST(HostStatus, WaivesWhatItCouldNotSee) {
  Facts facts = machine_with_cves("");
  facts.trees.front().aliases = failure(ErrorKind::denied, "modules.alias", "permission denied");
  const std::vector<Unseen> unseen = status_of(audit(facts, {})).unseen;
  ASSERT_FALSE(unseen.empty());
  for (const Unseen& gap : unseen)
    facts.policy->waivers.push_back(
        {.reason = "x", .owner = "y", .until = last_second, .gap = gap.what, .why = gap.why});
  AuditReport report = audit(facts, {});
  const HostStatus status = status_of(report);
  EXPECT_TRUE(status.unseen.empty());
  EXPECT_EQ(status.waived_gaps.size(), unseen.size());
  take_gaps(status, report);
  EXPECT_TRUE(report.unseen.empty());
  EXPECT_TRUE(report.idle_waivers.empty());
}

/// "0 unexplained" would be an answer.
TEST(HostStatus, CountsNothingWhereTheGapIsWaived) {
  const auto id = [](const CheckResult& result) { return result.check->id; };
  AuditReport report;
  const Facts facts = machine_with_cves("");
  report.facts = &facts;
  for (const Check* check : all_checks())
    report.results.push_back({.check = check, .verdict = {.status = Status::pass}});
  EXPECT_EQ(status_of(report).not_signed, 0U);
  const auto of_files = std::ranges::find(report.results, "SIG-002", id);
  of_files->verdict.status = Status::waived;
  of_files->waived_gaps = {{{"a file", "permission denied"}, nullptr}};
  EXPECT_EQ(status_of(report).not_signed, std::nullopt);
}

}  // namespace
}  // namespace kmodsec::test
