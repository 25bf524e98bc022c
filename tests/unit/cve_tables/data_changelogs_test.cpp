// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/data_changelogs.hpp"

#include <string>

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

const std::vector<BranchLine> branches = {{"6.1", 183}, {"6.12", 103}};

StableChangelog in_release(const std::string& release, const std::string& digest,
                           std::vector<std::string> ids = {}) {
  return {.version = "1",
          .date = "-",
          .changes = {{*parse_upstream_version(release), digest, std::move(ids)}}};
}

std::string versions_with(const StableChangelog& changelog, const std::string& versions) {
  std::vector<CveRow> rows = {{.id = "2026-1000", .versions = versions, .title = "0123456789"}};
  add_stable_fixes(changelog, branches, rows);
  return rows[0].versions;
}

TEST(DataChangelogs, AddsAFixByItsTitleAndByItsId) {
  EXPECT_EQ(versions_with(in_release("6.1.191", "0123456789"), "5.3>7.1"), "5.3>7.1,6.1.191");
  EXPECT_EQ(versions_with(in_release("6.1.191", "", {"2026-1000"}), "0>"), "0>6.1.191");
  EXPECT_EQ(versions_with(in_release("6.1.191", "other", {"2026-1001"}), "0>"), "0>");
}

TEST(DataChangelogs, LetsTheRecordsDecideOnReleasesThatTheyKnow) {
  EXPECT_EQ(versions_with(in_release("6.1.183", "0123456789"), "0>7.1"), "0>7.1");
  EXPECT_EQ(versions_with(in_release("6.1.191", "0123456789"), "0>7.1,6.1.150"), "0>7.1,6.1.150");
  EXPECT_EQ(versions_with(in_release("6.12.110", "0123456789"), "0>6.10"), "0>6.10");
  EXPECT_EQ(versions_with(in_release("6.1.191", "0123456789"), "6.5>7.1"), "6.5>7.1");
}

TEST(DataChangelogs, MendsEveryIntroductionThatTheBranchHas) {
  EXPECT_EQ(versions_with(in_release("6.1.184", "0123456789"), "6.2>7.2;6.1.2>;5.15.86>"),
            "6.2>7.2;6.1.2>6.1.184;5.15.86>");
}

TEST(DataChangelogs, ATitleOfSeveralNamesNone) {
  std::vector<CveRow> rows = {
      {.id = "1", .title = "a"}, {.id = "2", .title = "b"}, {.id = "3", .title = "a"}};
  keep_unique_titles(rows);
  EXPECT_EQ(rows[0].title, "");
  EXPECT_EQ(rows[1].title, "b");
  EXPECT_EQ(rows[2].title, "");
}

}  // namespace
}  // namespace kmodsec
