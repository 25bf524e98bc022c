// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/tracker_verdict.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

const std::string id = "2024-1000";

TrackerStatement debian(TrackerStatus status, const std::string& fixed_in = "",
                        std::vector<std::string> versions = {"6.1.176-1", "6.1.192-3"}) {
  return {.id = id,
          .package = "linux",
          .stream = "bookworm",
          .status = status,
          .fixed_in = fixed_in,
          .versions = std::move(versions)};
}

TrackerStatement ubuntu(const std::string& package, const std::string& fixed_in,
                        std::vector<std::string> affected) {
  return {.id = id,
          .package = package,
          .stream = "Ubuntu:22.04:LTS",
          .status = TrackerStatus::fixed,
          .fixed_in = fixed_in,
          .versions = std::move(affected),
          .lists_affected = true};
}

CveVerdict before(VexStatus status, CveDecider decider = CveDecider::version) {
  return {status, decider, {}, "by the version"};
}

VexStatus with(const TrackerStatement& statement, const std::string& package,
               CveVerdict verdict = before(VexStatus::under_investigation,
                                           CveDecider::newer_than_data),
               const std::string& reverted = "", const std::string& flavour = "") {
  const CveTracker tracker{"tracker.json", {statement}};
  return with_tracker(std::move(verdict), tracker, id,
                      {.vendor = "x", .package = package, .flavour = flavour}, reverted)
      .status;
}

TEST(TrackerVerdict, DecidesWhatTheVersionLeavesOpen) {
  EXPECT_EQ(with(debian(TrackerStatus::fixed, "6.1.192-1"), "6.1.192-3"), VexStatus::fixed);
  EXPECT_EQ(with(debian(TrackerStatus::fixed, "6.1.192-1"), "6.1.190-1"), VexStatus::affected);
  EXPECT_EQ(with(debian(TrackerStatus::fixed, "5.10.1-1"), "6.1.190-1"), VexStatus::fixed);
  EXPECT_EQ(with(debian(TrackerStatus::not_affected), "6.1.192-3"), VexStatus::not_affected);
  EXPECT_EQ(with(debian(TrackerStatus::affected), "6.1.192-3"), VexStatus::affected);
}

TEST(TrackerVerdict, SaysNothingOfOtherLines) {
  for (const char* const package : {"6.12.90-1", "6.1.192-3~deb11u1", "", "5.10.1-1"}) {
    EXPECT_EQ(with(debian(TrackerStatus::fixed, "6.1.76-1"), package),
              VexStatus::under_investigation)
        << package;
  }
  EXPECT_EQ(with(debian(TrackerStatus::fixed, "6.12.90-1~deb12u1", {"6.12.117-1~deb12u1"}),
                 "6.12.111-1~deb12u1"),
            VexStatus::fixed);
}

TEST(TrackerVerdict, SaysNothingOfPackagesThatItHasNotSeen) {
  EXPECT_EQ(with(debian(TrackerStatus::affected), "6.1.193-1"), VexStatus::under_investigation);
  EXPECT_EQ(with(debian(TrackerStatus::fixed, "6.1.192-1"), "6.1.193-1"), VexStatus::fixed);
}

TEST(TrackerVerdict, NobodyCanTellWhereItContradictsTheVersion) {
  EXPECT_EQ(with(debian(TrackerStatus::affected), "6.1.192-3", before(VexStatus::fixed)),
            VexStatus::under_investigation);
  EXPECT_EQ(with(debian(TrackerStatus::affected), "6.1.192-3", before(VexStatus::not_affected)),
            VexStatus::under_investigation);
  EXPECT_EQ(with(debian(TrackerStatus::affected), "6.1.192-3",
                 before(VexStatus::fixed, CveDecider::changelog)),
            VexStatus::fixed);
}

TEST(TrackerVerdict, AFixThatWasTakenBackNeedsALaterOne) {
  const auto reverted = before(VexStatus::under_investigation, CveDecider::revert);
  EXPECT_EQ(with(debian(TrackerStatus::fixed, "6.1.90-1"), "6.1.192-3", reverted, "6.1.98-1"),
            VexStatus::under_investigation);
  EXPECT_EQ(with(debian(TrackerStatus::fixed, "6.1.190-1"), "6.1.192-3", reverted, "6.1.98-1"),
            VexStatus::fixed);
  EXPECT_EQ(with(debian(TrackerStatus::affected), "6.1.192-3", reverted, "6.1.98-1"),
            VexStatus::affected);
}

TEST(TrackerVerdict, GoesByTheListOfAffectedVersions) {
  const auto statement = ubuntu("linux", "5.15.0-101.111", {"5.15.0-90.100"});
  EXPECT_EQ(with(statement, "5.15.0-90.100", before({}), "", "generic"), VexStatus::affected);
  EXPECT_EQ(with(statement, "5.15.0-102.112", before({}), "", "generic"), VexStatus::fixed);
  const auto open = before(VexStatus::under_investigation, CveDecider::backports);
  EXPECT_EQ(with(statement, "5.15.0-95.105", open, "", "generic"), VexStatus::under_investigation);
  EXPECT_EQ(with(statement, "5.15.0-102.112~20.04.1", open, "", "generic"),
            VexStatus::under_investigation);
}

TEST(TrackerVerdict, KeepsTheFlavoursOfUbuntuApart) {
  const auto open = before(VexStatus::under_investigation, CveDecider::backports);
  const auto generic = ubuntu("linux", "5.15.0-101.111", {"5.15.0-90.100"});
  EXPECT_EQ(with(generic, "5.15.0-1057.63", open, "", "aws"), VexStatus::under_investigation);
  const auto aws = ubuntu("linux-aws-5.15", "5.15.0-1057.63~20.04.1", {});
  EXPECT_EQ(with(aws, "5.15.0-1060.66~20.04.1", open, "", "aws"), VexStatus::fixed);
  EXPECT_EQ(with(aws, "5.15.0-1060.66~20.04.1", open, "", "generic"),
            VexStatus::under_investigation);
  EXPECT_EQ(with(ubuntu("linux-aws-fips", "5.15.0-1057.63", {}), "5.15.0-1060.66", open, "", "aws"),
            VexStatus::under_investigation);
}

TEST(TrackerVerdict, TakesTheStreamsOfRedHatApart) {
  const auto open = before(VexStatus::under_investigation, CveDecider::backports);
  const TrackerStatement fixed{.id = id,
                               .package = "kernel",
                               .stream = "el9_4",
                               .status = TrackerStatus::fixed,
                               .fixed_in = "5.14.0-427.13.1.el9_4",
                               .versions = {"5.14.0-427.13.1.el9_4"}};
  EXPECT_EQ(with(fixed, "5.14.0-427.20.1.el9_4", open), VexStatus::fixed);
  EXPECT_EQ(with(fixed, "5.14.0-427.el9_4", open), VexStatus::affected);
  EXPECT_EQ(with(fixed, "5.14.0-503.14.1.el9_5", open), VexStatus::under_investigation);
  const TrackerStatement none{.id = id,
                              .package = "kernel",
                              .stream = "el9",
                              .status = TrackerStatus::not_affected,
                              .fixed_in = {},
                              .versions = {}};
  EXPECT_EQ(with(none, "5.14.0-503.14.1.el9_5", open), VexStatus::not_affected);
  EXPECT_EQ(with(none, "4.18.0-553.el8_10", open), VexStatus::under_investigation);
}

TEST(TrackerVerdict, OfSeveralStatementsAFixThatThePackageHasDecides) {
  CveTracker tracker{"tracker.json",
                     {debian(TrackerStatus::affected), debian(TrackerStatus::fixed, "6.1.192-1")}};
  const KernelOrigin origin{.vendor = "Debian", .package = "6.1.192-3"};
  const auto verdict = with_tracker(
      before(VexStatus::under_investigation, CveDecider::newer_than_data), tracker, id, origin, "");
  EXPECT_EQ(verdict.status, VexStatus::fixed);
  EXPECT_EQ(verdict.decider, CveDecider::tracker);
  EXPECT_EQ(verdict.words, "the tracker of linux bookworm: fixed in 6.1.192-1");
}

}  // namespace
}  // namespace kmodsec
