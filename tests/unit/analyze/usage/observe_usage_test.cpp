// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/observe_usage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/lean_machine.hpp"

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

Facts observing() {
  Facts facts = lean_machine();
  facts.policy->keep.mode = KeepMode::observe;
  facts.usage->observed_since = now_of_usage - day_of_usage;
  return facts;
}

TEST(ObserveUsage, NotesWhatIsLoadedAndWasNotKept) {
  Facts facts = observing();
  EXPECT_THAT(with_observation(*facts.usage, facts).record.stopped, IsEmpty());
  add_loaded(facts, "isofs");
  EXPECT_THAT(with_observation(*facts.usage, facts).record.stopped,
              ElementsAre(Field(&StoppedLoad::module, "isofs")));
}

TEST(ObserveUsage, WhatCouldNotBeJudgedIsAGapAndWasNotStopped) {
  Facts facts = observing();
  add_loaded(facts, "isofs");
  facts.service_needs = not_seen();
  const Observation observation = with_observation(*facts.usage, facts);
  EXPECT_EQ(observation.record.modules, facts.usage->modules);
  EXPECT_EQ(observation.record.stopped, facts.usage->stopped);
  EXPECT_GT(observation.record.observed_since, facts.time) << "it is learned, and was not observed";
  EXPECT_FALSE(observation.unseen.empty());
}

TEST(ObserveUsage, WhatIsOfNoInstalledKernelWasNotStopped) {
  Facts facts = observing();
  facts.loaded->push_back({.name = "built_by_hand"});
  EXPECT_THAT(with_observation(*facts.usage, facts).record.stopped, IsEmpty());
  EXPECT_THAT(with_observation(*facts.usage, facts).unseen, IsEmpty());
}

TEST(ObserveUsage, ALoadThatFailedAndAnUnloadAreNoNews) {
  Facts facts = observing();
  ModuleEvent event;
  event.module = "isofs";
  event.module_from = EventSource::record;
  event.error = 1;
  facts.events = EventLog{.events = {event}};
  EXPECT_FALSE(has_news_to_observe(*facts.usage, facts));
  facts.events->events.front().error = 0;
  EXPECT_TRUE(has_news_to_observe(*facts.usage, facts));
  facts.events->events.front().action = EventAction::unload;
  EXPECT_FALSE(has_news_to_observe(*facts.usage, facts));
  facts.events->events.front().action = EventAction::load;
  facts.events->events.front().module_from = EventSource::command;
  EXPECT_FALSE(has_news_to_observe(*facts.usage, facts));
}

TEST(ObserveUsage, ADeviceThatWasPluggedInSinceIsNoReason) {
  Facts facts = observing();
  facts.trees.front().aliases->push_back({"usb:v1234*", "isofs"});
  facts.devices = std::vector<Device>{{"usb:v1234p0001", "/sys/devices/usb1", "isofs"}};
  add_loaded(facts, "isofs");
  EXPECT_THAT(with_observation(*facts.usage, facts).record.stopped,
              ElementsAre(Field(&StoppedLoad::module, "isofs")));
}

TEST(ObserveUsage, BeginsWithTheFirstSighting) {
  Facts facts = observing();
  facts.usage->observed_since.reset();
  add_loaded(facts, "isofs");
  EXPECT_FALSE(has_news_to_observe(*facts.usage, facts));
  const UsageRecord record = with_observation(*facts.usage, facts).record;
  EXPECT_EQ(record.observed_since, now_of_usage);
  EXPECT_THAT(record.stopped, IsEmpty());
  EXPECT_TRUE(has_news_to_observe(record, facts));
}

TEST(ObserveUsage, NotesNothingWhileItEnforces) {
  Facts facts = observing();
  add_loaded(facts, "isofs");
  facts.policy->keep.mode = KeepMode::enforce;
  EXPECT_THAT(with_observation(*facts.usage, facts).record.stopped, IsEmpty());
}

TEST(UseInSpiteOfADeny, IsNoReasonToKeepAModule) {
  Facts facts = lean_machine();
  add_loaded(facts, "isofs");
  add_loaded(facts, "udf");
  facts.policy->exceptions = {{"isofs", now_of_usage - 1, "a disc"}};
  add_lean_denies(facts);
  std::vector<std::string> names;
  const Facts closed = without_opened(facts, *facts.usage);
  for (const LoadedModule& module : *closed.loaded) names.push_back(module.name);
  EXPECT_THAT(names, ElementsAre("dummy"));
  facts.usage->modules.push_back({.module = "udf"});
  EXPECT_EQ(without_opened(facts, *facts.usage).loaded->size(), 2U);
}

TEST(UseInSpiteOfADeny, IsThatOfWhatAnOpenedModuleNeeds) {
  Facts facts = lean_machine();
  add_loaded(facts, "udf");
  add_loaded(facts, "crc_itu_t");
  facts.policy->exceptions = {{"udf", now_of_usage + 1, "a disc"}};
  EXPECT_EQ(without_opened(facts, *facts.usage).loaded->size(), 1U);
}

TEST(ObserveUsage, EndsWithThePolicyThatAskedForIt) {
  Facts facts = observing();
  facts.usage->stopped.push_back({"isofs", 1, 1, 1, {}});
  facts.policy->deny.everything_else = false;
  const UsageRecord record = with_observation(*facts.usage, facts).record;
  EXPECT_THAT(record.stopped, IsEmpty());
  EXPECT_FALSE(record.observed_since);
}

}  // namespace
}  // namespace kmodsec::test
