// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/staying_denies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/lean_machine.hpp"

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> staying(const Facts& facts) {
  std::vector<std::string> modules;
  for (const PolicyDeny& deny : staying_denies(facts, everything_else(facts))) {
    EXPECT_TRUE(deny.not_kept);
    modules.push_back(deny.module);
  }
  return modules;
}

Facts machine_that_denies() {
  Facts facts = lean_machine();
  add_lean_denies(facts);
  return facts;
}

TEST(StayingDenies, AreNoneOfWhatIsNotKeptAnyway) {
  EXPECT_THAT(staying(machine_that_denies()), IsEmpty());
}

TEST(StayingDenies, AreWhatADeviceOrAServiceAsksForSince) {
  Facts facts = machine_that_denies();
  facts.devices = std::vector<Device>{{"isofs", "usb1/1-1", ""}};
  EXPECT_THAT(staying(facts), ElementsAre("isofs"));
  facts.devices->clear();
  facts.service_needs = std::vector<BootNeed>{{"isofs", "a package is installed"}};
  EXPECT_THAT(staying(facts), ElementsAre("isofs"));
}

TEST(StayingDenies, OpenWhatThePolicyNamesAndWhatThatNeeds) {
  Facts facts = machine_that_denies();
  facts.policy->keep.modules = {"udf"};  // which needs crc_itu_t
  EXPECT_THAT(staying(facts), IsEmpty());
}

TEST(StayingDenies, OpenWhatAnExceptionOpens) {
  Facts facts = machine_that_denies();
  facts.service_needs = std::vector<BootNeed>{{"isofs", "a package is installed"}};
  facts.policy->exceptions = {{"isofs", now_of_usage + 1, "a disc"}};
  EXPECT_THAT(staying(facts), IsEmpty());
}

TEST(StayingDenies, OpenWhatAnOpenedModuleNeeds) {
  Facts facts = machine_that_denies();
  facts.service_needs = std::vector<BootNeed>{{"crc_itu_t", "a package is installed"}};
  EXPECT_THAT(staying(facts), ElementsAre("crc_itu_t"));
  facts.policy->exceptions = {{"udf", now_of_usage + 1, "a disc"}};  // which needs crc_itu_t
  EXPECT_THAT(staying(facts), IsEmpty());
}

TEST(StayingDenies, AreWhatNoKernelHasWhereSomethingWasNotSeen) {
  Facts facts = machine_that_denies();
  add_lines(facts, "install gone /bin/false\n", "/etc/modprobe.d/00-kmodsec-deny.conf");
  EXPECT_THAT(staying(facts), IsEmpty());
  facts.devices = not_seen();
  EXPECT_THAT(staying(facts), ElementsAre("gone"));
}

TEST(StayingDenies, AreNoneWhereNothingIsEnforced) {
  Facts facts = machine_that_denies();
  facts.devices = std::vector<Device>{{"isofs", "usb1/1-1", ""}};
  facts.policy->keep.mode = KeepMode::observe;
  EXPECT_THAT(staying(facts), IsEmpty());
}

}  // namespace
}  // namespace kmodsec::test
