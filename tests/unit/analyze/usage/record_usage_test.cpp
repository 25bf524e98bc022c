// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/record_usage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t hour = 3600;
constexpr std::int64_t start = 1'795'000'000;

LoadedModule loaded(const std::string& name) {
  LoadedModule module;
  module.name = name;
  return module;
}

/// A host at a time, in a boot, with these modules in its kernel.
Facts host(std::int64_t time, const std::string& boot, const std::vector<std::string>& modules) {
  Facts facts;
  facts.time = time;
  facts.live = true;
  facts.host.machine_id = "machine-1";
  facts.host.boot_id = boot;
  facts.kernel.release = "6.1.0";
  facts.loaded = std::vector<LoadedModule>{};
  for (const std::string& module : modules) facts.loaded->push_back(loaded(module));
  return facts;
}

const UsedModule& module_of(const UsageRecord& record, const std::string& name) {
  const auto found = std::ranges::find(record.modules, name, &UsedModule::module);
  if (found == record.modules.end()) throw std::out_of_range(name);
  return *found;
}

std::vector<std::string> names_of(const UsageRecord& record) {
  std::vector<std::string> names;
  for (const UsedModule& used : record.modules) names.push_back(used.module);
  return names;
}

ModuleEvent load_event(std::int64_t time, const std::string& module, EventOrigin origin) {
  ModuleEvent event;
  event.time = time;
  event.module = module;
  event.module_from = EventSource::record;
  event.error = 0;
  event.command = "modprobe " + module;
  event.origin = origin;
  return event;
}

TEST(RecordUsageTest, ASightingNotesEachModuleOnce) {
  const UsageRecord record = with_sighting({}, host(start, "boot-1", {"vfat", "fat"}));
  EXPECT_EQ(record.machine, "machine-1");
  EXPECT_THAT(names_of(record), ElementsAre("fat", "vfat"));
  const UsedModule& fat = module_of(record, "fat");
  EXPECT_EQ(fat.first_seen, start);
  EXPECT_EQ(fat.last_seen, start);
  EXPECT_EQ(fat.boots, 1U);
  EXPECT_EQ(fat.last_boot, "boot-1");
  ASSERT_EQ(record.boots.size(), 1U);
  EXPECT_EQ(record.boots[0].kernel, "6.1.0");
}

TEST(RecordUsageTest, BootsAreCountedAndNotSightings) {
  UsageRecord record = with_sighting({}, host(start, "boot-1", {"loop"}));
  record = with_sighting(record, host(start + hour, "boot-1", {"loop"}));
  EXPECT_EQ(module_of(record, "loop").boots, 1U);
  record = with_sighting(record, host(start + 2 * hour, "boot-2", {}));
  record = with_sighting(record, host(start + 3 * hour, "boot-3", {"loop"}));
  EXPECT_EQ(module_of(record, "loop").boots, 2U);
  EXPECT_EQ(module_of(record, "loop").last_seen, start + 3 * hour);
  EXPECT_EQ(record.boots.size(), 3U);
}

TEST(RecordUsageTest, AClockThatWasSetBackMovesNothingBack) {
  UsageRecord record = with_sighting({}, host(start, "boot-1", {"loop"}));
  record = with_sighting(record, host(start - 1000 * hour, "boot-1", {"loop"}));
  EXPECT_EQ(module_of(record, "loop").first_seen, start);
  EXPECT_EQ(module_of(record, "loop").last_seen, start);
  EXPECT_EQ(record.boots[0].last_seen, start);
}

TEST(RecordUsageTest, WithoutTheListOfModulesNothingChanges) {
  const UsageRecord record = with_sighting({}, host(start, "boot-1", {"loop"}));
  Facts unseen = host(start + hour, "boot-2", {});
  unseen.loaded = failure(ErrorKind::denied, "/proc/modules", "no permission");
  EXPECT_EQ(with_sighting(record, unseen), record);
}

TEST(RecordUsageTest, WhatHoldsAModule) {
  Facts facts = host(start, "boot-1", {"fat", "vfat", "dummy"});
  facts.loaded->at(0).used_by = {"vfat"};
  facts.users = std::vector<ModuleUser>{{"vfat", "mount", "/boot"}};
  const UsageRecord record = with_sighting({}, facts);
  EXPECT_EQ(module_of(record, "fat").held_by, "vfat");
  EXPECT_EQ(module_of(record, "vfat").held_by, "mount /boot");
  EXPECT_EQ(module_of(record, "dummy").held_by, "");
}

TEST(RecordUsageTest, WhatCameAndWentStandsInTheAuditLog) {
  Facts facts = host(start, "boot-1", {});
  ModuleEvent refused = load_event(start - 5, "refused", EventOrigin::user);
  refused.error = 1;
  ModuleEvent guessed = load_event(start - 5, "guessed", EventOrigin::user);
  guessed.module_from = EventSource::command;
  ModuleEvent elsewhere = load_event(start - 5, "elsewhere", EventOrigin::user);
  elsewhere.node = "another-host";
  facts.events = EventLog{.events = {load_event(start - 60, "isofs", EventOrigin::autoload),
                                     refused, guessed, elsewhere}};
  const UsageRecord record = with_sighting({}, facts);
  EXPECT_THAT(names_of(record), ElementsAre("isofs"));
  const UsedModule& isofs = module_of(record, "isofs");
  EXPECT_EQ(isofs.last_seen, start - 60);
  EXPECT_EQ(isofs.boots, 1U);
  EXPECT_THAT(isofs.requesters,
              ElementsAre(Requester{RequesterKind::kernel, "modprobe isofs", {}}));
}

TEST(RecordUsageTest, WhoAsked) {
  Facts facts = host(start, "boot-1", {"nft_ct", "e1000", "dummy", "loop"});
  facts.load = LoadConfig{};
  facts.load->at_boot.push_back({"nft-ct", "/etc/modules-load.d/a.conf", 3});
  facts.trees.emplace_back().release = "6.1.0";
  facts.trees[0].aliases = std::vector<AliasEntry>{{"pci:v00008086d*", "e1000"}};
  facts.devices = std::vector<Device>{{"pci:v00008086d0000100E", "/devices/pci0/0", ""}};
  ModuleEvent by_person = load_event(start, "dummy", EventOrigin::user);
  by_person.auid.id = 1000;
  facts.events = EventLog{.events = {by_person, load_event(start, "loop", EventOrigin::daemon)}};
  const UsageRecord record = with_sighting({}, facts);
  EXPECT_THAT(module_of(record, "nft_ct").requesters,
              ElementsAre(Requester{RequesterKind::boot, "/etc/modules-load.d/a.conf:3", {}}));
  EXPECT_THAT(module_of(record, "e1000").requesters,
              ElementsAre(Requester{RequesterKind::device, "pci:v00008086d0000100E", {}}));
  EXPECT_THAT(module_of(record, "dummy").requesters,
              ElementsAre(Requester{RequesterKind::person, "modprobe dummy", 1000}));
  EXPECT_THAT(module_of(record, "loop").requesters,
              ElementsAre(Requester{RequesterKind::service, "modprobe loop", {}}));
}

TEST(RecordUsageTest, TheNewestRequestersStay) {
  UsageRecord record;
  for (int i = 0; i < 10; ++i) {
    Facts facts = host(start + i, "boot-1", {"loop"});
    ModuleEvent event = load_event(start + i, "loop", EventOrigin::user);
    event.command = "losetup " + std::to_string(i);
    facts.events = EventLog{.events = {event}};
    record = with_sighting(record, facts);
  }
  const auto& requesters = module_of(record, "loop").requesters;
  ASSERT_EQ(requesters.size(), most_requesters);
  EXPECT_EQ(requesters.back().detail, "losetup 9");
}

TEST(RecordUsageTest, TextsAreBoundedBetweenCharacters) {
  Facts facts = host(start, "boot-1", {"loop"});
  ModuleEvent event = load_event(start, "loop", EventOrigin::user);
  event.command.clear();
  for (std::size_t i = 0; i < longest_usage_text; ++i) event.command += "x\u00e4";
  facts.events = EventLog{.events = {event}};
  const UsageRecord record = with_sighting({}, facts);
  const std::string& detail = module_of(record, "loop").requesters.front().detail;
  EXPECT_LE(detail.size(), longest_usage_text);
  EXPECT_TRUE(detail.ends_with("x") || detail.ends_with("\u00e4"));
}

TEST(RecordUsageTest, WhatIsNoNameOfAModuleIsLeftOut) {
  EXPECT_THAT(names_of(with_sighting({}, host(start, "b", {"a b", "", "../x"}))), IsEmpty());
}

TEST(RecordUsageTest, TheOldestGoFirst) {
  std::vector<std::string> many;
  for (std::size_t i = 0; i < most_recorded_modules; ++i) many.push_back("m" + std::to_string(i));
  UsageRecord record = with_sighting({}, host(start, "boot-1", {"old"}));
  record = with_sighting(record, host(start + hour, "boot-1", many));
  EXPECT_EQ(record.modules.size(), most_recorded_modules);
  EXPECT_EQ(std::ranges::count(record.modules, "old", &UsedModule::module), 0);
  for (std::size_t i = 0; i < most_recorded_boots + 9; ++i)
    record = with_sighting({.machine = record.machine, .boots = record.boots},
                           host(start, "boot-" + std::to_string(i), {}));
  EXPECT_EQ(record.boots.size(), most_recorded_boots);
  EXPECT_EQ(record.boots.back().id, "boot-" + std::to_string(most_recorded_boots + 8));
}

TEST(RecordUsageTest, WhatWasImportedGoesBeforeWhatWasSeen) {
  std::vector<std::string> many;
  for (std::size_t i = 0; i < most_recorded_modules; ++i) many.push_back("m" + std::to_string(i));
  UsageRecord record = with_sighting({}, host(start, "boot-1", {"seen"}));
  record = with_imported(record, many, "a list", start + hour);
  EXPECT_EQ(record.modules.size(), most_recorded_modules);
  EXPECT_EQ(module_of(record, "seen").boots, 1U);
}

TEST(RecordUsageTest, WhatWasForgottenStaysSo) {
  Facts facts = host(start, "boot-1", {"loop"});
  facts.events = EventLog{.events = {load_event(start - 60, "isofs", EventOrigin::autoload)}};
  UsageRecord record = without_modules(with_sighting({}, facts), {"isofs"});
  record.observed_since = start - hour;
  facts.time = start + 600;
  EXPECT_THAT(names_of(with_sighting(record, facts)), ElementsAre("loop"));
  EXPECT_THAT(with_stopped(record, facts, {"isofs"}).stopped, IsEmpty());
  facts.events->events.push_back(load_event(start + 60, "isofs", EventOrigin::autoload));
  EXPECT_THAT(names_of(with_sighting(record, facts)), ElementsAre("isofs", "loop"));
  EXPECT_EQ(with_stopped(record, facts, {"isofs"}).stopped.size(), 1U);
}

TEST(RecordUsageTest, ImportedNamesWereNeverSeenHere) {
  const std::vector<std::string> names = {"snd-dummy", "loop", "no name"};
  UsageRecord record = with_sighting({}, host(start, "boot-1", {"loop"}));
  record = with_imported(record, names, "web-1", start + hour);
  EXPECT_THAT(names_of(record), ElementsAre("loop", "snd_dummy"));
  EXPECT_EQ(module_of(record, "loop").imported_from, "");
  EXPECT_EQ(module_of(record, "loop").last_seen, start);
  EXPECT_EQ(module_of(record, "snd_dummy").imported_from, "web-1");
  EXPECT_EQ(module_of(record, "snd_dummy").boots, 0U);
  EXPECT_EQ(with_imported(record, names, "another", start + 2 * hour), record);
  record = with_sighting(record, host(start + 3 * hour, "boot-1", {"snd_dummy"}));
  EXPECT_EQ(module_of(record, "snd_dummy").imported_from, "");
  EXPECT_EQ(module_of(record, "snd_dummy").boots, 1U);
}

TEST(RecordUsageTest, ObservationBeginsWithWhatIsLoaded) {
  const Facts facts = host(start, "boot-1", {"loop"});
  UsageRecord record = with_stopped({}, facts, {});
  EXPECT_EQ(record.observed_since, start);
  EXPECT_THAT(record.stopped, IsEmpty());
  record = with_stopped(record, host(start + hour, "boot-1", {"loop", "isofs"}), {"isofs"});
  record = with_stopped(record, host(start + 2 * hour, "boot-1", {"loop", "isofs"}), {"isofs"});
  ASSERT_EQ(record.stopped.size(), 1U);
  EXPECT_EQ(record.stopped[0].module, "isofs");
  EXPECT_EQ(record.stopped[0].first_seen, start + hour);
  EXPECT_EQ(record.stopped[0].last_seen, start + 2 * hour);
  EXPECT_EQ(record.stopped[0].times, 2U);
  EXPECT_EQ(record.observed_since, start);
}

TEST(RecordUsageTest, AShortLoadIsStoppedToo) {
  Facts facts = host(start + hour, "boot-1", {"loop"});
  facts.events = EventLog{.events = {load_event(start - 60, "before", EventOrigin::user),
                                     load_event(start + 60, "isofs", EventOrigin::autoload)}};
  UsageRecord record = with_stopped({.observed_since = start}, facts, {"before", "isofs"});
  record = with_stopped(record, facts, {"before", "isofs"});
  ASSERT_EQ(record.stopped.size(), 1U);
  EXPECT_EQ(record.stopped[0].module, "isofs");
  EXPECT_EQ(record.stopped[0].last_seen, start + 60);
  EXPECT_EQ(record.stopped[0].times, 1U);
}

TEST(RecordUsageTest, WithoutSomeModules) {
  UsageRecord record = with_sighting({}, host(start, "boot-1", {"loop", "isofs"}));
  record.stopped = {{.module = "isofs", .requesters = {}}};
  const UsageRecord left = without_modules(record, {"isofs"});
  EXPECT_THAT(names_of(left), ElementsAre("loop"));
  EXPECT_THAT(left.stopped, IsEmpty());
}

TEST(RecordUsageTest, RecordsOfARoleAreOne) {
  const UsageRecord one = with_sighting({}, host(start, "boot-1", {"loop", "fat"}));
  Facts other_host = host(start + hour, "boot-9", {"loop", "isofs"});
  other_host.host.machine_id = "machine-2";
  UsageRecord two = with_sighting({}, other_host);
  two = with_sighting(two, host(start + 2 * hour, "boot-10", {"loop"}));
  const UsageRecord all = joined(std::array{one, two});
  EXPECT_THAT(names_of(all), ElementsAre("fat", "isofs", "loop"));
  EXPECT_EQ(all.machine, "");
  EXPECT_EQ(all.boots.size(), 3U);
  EXPECT_EQ(module_of(all, "loop").first_seen, start);
  EXPECT_EQ(module_of(all, "loop").last_seen, start + 2 * hour);
  EXPECT_EQ(module_of(all, "loop").boots, 2U);
  EXPECT_EQ(joined(std::array{one, one}), one);
  EXPECT_EQ(joined({}), UsageRecord{});
}

}  // namespace
}  // namespace kmodsec::test
