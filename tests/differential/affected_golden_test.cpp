// SPDX-License-Identifier: GPL-2.0-or-later
//
// Our version rule, by the shipped tables, against the ranges of the CVE records themselves, from
// which the tables were not made.
#include <algorithm>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "analyze/cves/cve_verdict.hpp"
#include "format/cves/known_cves.hpp"

namespace kmodsec {
namespace {

const KnownCve* find_cve(const KnownCves& known, const std::string& id) {
  const auto found = std::ranges::find(known.cves, id, &KnownCve::id);
  return found == known.cves.end() ? nullptr : &*found;
}

/// Beyond what the tables know of a branch "affected" becomes "cannot tell".
bool agrees(const CveVerdict& verdict, const std::string& expected, bool newer_than_data) {
  if (expected == "affected")
    return verdict.status == VexStatus::affected ||
           (newer_than_data && verdict.decider == CveDecider::newer_than_data);
  return verdict.status == VexStatus::fixed || verdict.status == VexStatus::not_affected;
}

TEST(AffectedGolden, TheShippedTablesSayWhatTheRecordsSay) {
  const auto known = parse_known_cves(shipped_known_cves());
  ASSERT_TRUE(known) << to_string(known.error());
  std::ifstream rows(KMODSEC_SOURCE_DIR "/tests/differential/affected_golden.tsv");
  std::size_t held = 0;
  for (std::string version, id, expected; std::getline(rows, version, '\t');) {
    if (version.starts_with('#')) {
      std::getline(rows, version);
      continue;
    }
    std::getline(rows, id, '\t');
    std::getline(rows, expected);
    const KnownCve* cve = find_cve(*known, id.substr(4));
    ASSERT_NE(cve, nullptr) << id;
    const KernelOrigin origin{.vendor = "kernel.org", .upstream = parse_upstream_version(version)};
    const CveJudge judge(*known, origin, nullptr);
    const CveVerdict verdict = judge.judge(*cve);
    EXPECT_TRUE(agrees(verdict, expected, judge.is_newer_than_data()))
        << version << " " << id << ": " << expected << ", and we say " << to_string(verdict.status);
    ++held;
  }
  EXPECT_EQ(held, 960U);
}

}  // namespace
}  // namespace kmodsec
