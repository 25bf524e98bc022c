// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/module_events.hpp"

#include <cerrno>

#include <gmock/gmock.h>

#include "model/auditd/event_words.hpp"

namespace kmodsec {
namespace {

using testing::ElementsAre;

constexpr std::int64_t boot = 1700000000;

ModuleEvent event_at(std::int64_t time, const std::string& module, int error = 0) {
  return {.time = time, .module = module, .error = error};
}

KernelLogLine line_at(std::uint64_t second, const std::string& text) {
  return {0, second * 1'000'000, text};
}

TEST(KernelLogOfEvents, IsJoinedByNameAndTime) {
  std::vector<ModuleEvent> events = {event_at(boot + 10, "a"), event_at(boot + 99, "a")};
  join_kernel_log({line_at(11, "a: loading out-of-tree module taints kernel.")}, boot, events);
  ASSERT_EQ(events.size(), 2U);
  EXPECT_THAT(events[0].kernel_log, ElementsAre("a: loading out-of-tree module taints kernel."));
  EXPECT_TRUE(events[1].kernel_log.empty());
}

TEST(KernelLogOfEvents, IsAnEventWhereNoAuditRecordIs) {
  std::vector<ModuleEvent> events;
  join_kernel_log({line_at(5, "a: loading out-of-tree module taints kernel."),
                   line_at(5,
                           "a: module verification failed: signature and/or required key "
                           "missing - tainting kernel")},
                  boot, events);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events.front().time, boot + 5);
  EXPECT_EQ(events.front().kernel_log.size(), 2U);
  EXPECT_EQ(result_of(events.front()), "unknown");
  EXPECT_EQ(who(events.front()), "unknown");
}

TEST(KernelLogOfEvents, WithoutANameIsOfWhatFailedThen) {
  std::vector<ModuleEvent> events = {event_at(boot + 10, "good"),
                                     event_at(boot + 10, "bad", EKEYREJECTED)};
  join_kernel_log({line_at(10, "Loading of unsigned module is rejected")}, boot, events);
  EXPECT_TRUE(events[0].kernel_log.empty());
  EXPECT_EQ(events[1].kernel_log.size(), 1U);
}

TEST(KernelLogOfEvents, IsOfTheNearestRefusal) {
  std::vector<ModuleEvent> events = {event_at(boot + 9, "no_device", ENODEV),
                                     event_at(boot + 9, "before", EKEYREJECTED),
                                     event_at(boot + 10, "bad", EKEYREJECTED)};
  join_kernel_log({line_at(10, "Loading of unsigned module is rejected")}, boot, events);
  EXPECT_EQ(events[2].kernel_log.size(), 1U);
}

TEST(KernelLogOfEvents, LeavesOutWhatADriverSaysOfItself) {
  std::vector<ModuleEvent> events;
  join_kernel_log({line_at(10, "loop: module loaded")}, boot, events);
  EXPECT_TRUE(events.empty());
  events = {event_at(boot + 10, "loop")};
  join_kernel_log({line_at(10, "loop: module loaded")}, boot, events);
  EXPECT_EQ(events.front().kernel_log.size(), 1U);
}

TEST(EventFilter, TakesWhatItIsTold) {
  const ModuleEvent event = event_at(100, "a", EPERM);
  EXPECT_TRUE(wants({}, event));
  EXPECT_FALSE(wants({.since = 101}, event));
  EXPECT_FALSE(wants({.until = 99}, event));
  EXPECT_TRUE(wants({.modules = {"b", "a"}}, event));
  EXPECT_FALSE(wants({.modules = {"b"}}, event));
  EXPECT_FALSE(wants({.failed = true}, event_at(100, "a")));
}

TEST(EventCounts, AreByModuleAndByUser) {
  std::vector<ModuleEvent> events = {event_at(1, "a"), event_at(2, "a", EPERM), event_at(3, "b")};
  events[1].auid = {1000, "tester"};
  events[2].action = EventAction::unload;
  const auto modules = count_by_module(events);
  EXPECT_EQ(modules.at("a").loads, 1U);
  EXPECT_EQ(modules.at("a").failed, 1U);
  EXPECT_EQ(modules.at("b").unloads, 1U);
  EXPECT_EQ(count_by_user(events).at("tester").failed, 1U);
}

TEST(EventWords, TellTheErrorOfTheKernel) {
  EXPECT_EQ(result_of(event_at(1, "a", EKEYREJECTED)), "rejected: Key was rejected by service");
  EXPECT_EQ(result_of(event_at(1, "a")), "success");
}

}  // namespace
}  // namespace kmodsec
