// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/status.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "analyze/audit.hpp"
#include "analyze/exposure_report.hpp"
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

}  // namespace
}  // namespace kmodsec::test
