// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/everything_else.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/lean_machine.hpp"

namespace kmodsec::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> denied_as_not_kept(const Facts& facts) {
  std::vector<std::string> modules;
  for (const PolicyDeny& deny : everything_else(facts).denies) {
    EXPECT_TRUE(deny.not_kept);
    modules.push_back(deny.module);
  }
  return modules;
}

std::vector<std::string> objections(const Facts& facts) {
  return objections_to(facts, everything_else(facts));
}

TEST(EverythingElse, IsWhatIsNotKept) {
  EXPECT_THAT(denied_as_not_kept(lean_machine()), ElementsAre("crc_itu_t", "isofs", "udf"));
  EXPECT_THAT(everything_else(lean_machine()).unseen, IsEmpty());
  EXPECT_FALSE(everything_else(lean_machine()).in_force);
}

TEST(EverythingElse, KeepsWhatThePolicyNames) {
  Facts facts = lean_machine();
  facts.policy->keep.modules = {"udf"};  // which needs crc_itu_t
  EXPECT_THAT(denied_as_not_kept(facts), ElementsAre("isofs"));
  facts.policy->keep.modules.clear();
  facts.policy->keep_profile_modules = {"isofs"};
  EXPECT_THAT(denied_as_not_kept(facts), ElementsAre("crc_itu_t", "udf"));
}

TEST(EverythingElse, IsNotDeniedWhileItIsObserved) {
  Facts facts = lean_machine();
  facts.policy->keep.mode = KeepMode::observe;
  EXPECT_THAT(denied_as_not_kept(facts), IsEmpty());
  EXPECT_EQ(everything_else(facts).set.closed.size(), 3U);
  EXPECT_THAT(objections(facts), IsEmpty());
  facts.policy->deny.everything_else = false;
  EXPECT_THAT(everything_else(facts).set.closed, IsEmpty());
}

TEST(EverythingElse, AnExceptionOpensOneUntilItIsOver) {
  Facts facts = lean_machine();
  facts.policy->exceptions = {{"isofs", now_of_usage + 1, "a disc"}};
  EXPECT_THAT(denied_as_not_kept(facts), ElementsAre("crc_itu_t", "udf"));
  facts.policy->exceptions = {{"isofs", now_of_usage - 1, "a disc"}};
  EXPECT_THAT(denied_as_not_kept(facts), ElementsAre("crc_itu_t", "isofs", "udf"));
}

TEST(EverythingElse, AnExceptionOpensWhatItsModuleNeeds) {
  Facts facts = lean_machine();
  add_lean_denies(facts);
  facts.policy->exceptions = {{"udf", now_of_usage + 1, "a disc"}};  // which needs crc_itu_t
  EXPECT_THAT(denied_as_not_kept(facts), ElementsAre("isofs"));
  facts.policy->exceptions = {{"udf", now_of_usage - 1, "a disc"}};
  EXPECT_THAT(denied_as_not_kept(facts), ElementsAre("crc_itu_t", "isofs", "udf"));
}

TEST(EverythingElse, WhatAnExceptionOpenedIsClosedAgainWhileItIsLoaded) {
  Facts facts = lean_machine();
  add_loaded(facts, "udf");
  add_loaded(facts, "crc_itu_t");
  facts.policy->exceptions = {{"udf", now_of_usage - 1, "a disc"}};
  EXPECT_THAT(denied_as_not_kept(facts), ElementsAre("crc_itu_t", "isofs", "udf"));
}

TEST(EverythingElse, IsInForceOnceItsLinesAreThere) {
  Facts facts = lean_machine();
  add_lean_denies(facts);
  EXPECT_TRUE(everything_else(facts).in_force);
  EXPECT_THAT(denied_as_not_kept(facts), ElementsAre("crc_itu_t", "isofs", "udf"));
}

TEST(EverythingElse, ANameOfAnIndexThatIsNoneIsAGap) {
  Facts facts = lean_machine();
  facts.trees.front().index->push_back({"x\ninstall y /bin/sh", "kernel/x.ko", {}});
  EXPECT_THAT(denied_as_not_kept(facts), ElementsAre("crc_itu_t", "isofs", "udf"));
  EXPECT_FALSE(everything_else(facts).unseen.empty());
}

TEST(ObjectionsToEverythingElse, AreNoneWithALongRecord) {
  EXPECT_THAT(objections(lean_machine()), IsEmpty());
}

TEST(ObjectionsToEverythingElse, AreWhatTheRecordLacks) {
  Facts facts = lean_machine();
  facts.usage->boots.resize(1);
  EXPECT_THAT(objections(facts), ElementsAre(HasSubstr("covers 0 hours"), HasSubstr("1 boot")));
  add_lean_denies(facts);
  EXPECT_THAT(objections(facts), IsEmpty());
}

TEST(ObjectionsToEverythingElse, ComeBackWhereTheRecordIsGoneAndMoreWouldBeDenied) {
  Facts facts = lean_machine();
  add_lean_denies(facts);
  facts.usage = UsageRecord{};
  EXPECT_THAT(objections(facts), IsEmpty());
  facts.loaded->clear();  // dummy is in no record now
  EXPECT_THAT(objections(facts), ElementsAre(HasSubstr("nothing is recorded")));
}

/// Its denies are in force, and its record was lost: it has one sighting.
Facts machine_that_lost_its_record() {
  Facts facts = lean_machine();
  add_lean_denies(facts);
  facts.usage->boots = {{"boot-9", "6.1.0-test", now_of_usage, now_of_usage}};
  facts.usage->modules = {{.module = "loop", .first_seen = now_of_usage, .boots = 1}};
  return facts;
}

TEST(ObjectionsToEverythingElse, AreThatARecordIsYoungWhereWhatWasUsedWouldBeDenied) {
  Facts facts = machine_that_lost_its_record();
  EXPECT_THAT(objections(facts), IsEmpty());
  facts.loaded->clear();  // dummy is in no record now
  EXPECT_THAT(objections(facts), Contains(HasSubstr("covers 0 hours")));
}

TEST(ObjectionsToEverythingElse, AreNoneToWhatANewKernelBrings) {
  Facts facts = machine_that_lost_its_record();
  ModuleTree& newer = add_kernel(facts, "6.2.0-test");
  newer.index->push_back({"rds", "kernel/rds.ko", {}});
  facts.installed = std::vector<std::string>{*facts.kernel.release, newer.release};
  EXPECT_THAT(objections(facts), IsEmpty());
  Facts fallen_back = facts;  // it ran the newest kernel before
  fallen_back.usage->boots.push_back({"boot-8", newer.release, now_of_usage, now_of_usage});
  EXPECT_FALSE(objections(fallen_back).empty());
  facts.kernel.release = newer.release;  // it may have been used since
  EXPECT_FALSE(objections(facts).empty());
}

TEST(ObjectionsToEverythingElse, AreThatARecordWasOnlyImported) {
  Facts facts = machine_that_lost_its_record();
  facts.usage->boots.clear();
  EXPECT_FALSE(everything_else(facts).readiness.has_own_record);
  facts.loaded->clear();
  EXPECT_THAT(objections(facts), Contains(HasSubstr("was only imported")));
}

TEST(ObjectionsToEverythingElse, AreWhatWasNotSeen) {
  Facts facts = lean_machine();
  facts.devices = not_seen();
  EXPECT_FALSE(objections(facts).empty());
  EXPECT_FALSE(everything_else(facts).unseen.empty());
}

}  // namespace
}  // namespace kmodsec::test
