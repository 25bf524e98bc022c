// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/late_loads.hpp"

#include <cerrno>

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

constexpr std::int64_t started = 1700000000;

ModuleEvent load_at(std::int64_t seconds, const std::string& module) {
  return {.time = started + seconds, .module = module, .error = 0, .origin = EventOrigin::daemon};
}

TEST(LateLoads, TellHowLate) {
  EventLog log;
  log.events = {load_at(40, "a"), load_at(11520, "b"), load_at(12000, "b")};
  log.events.front().at_boot = true;
  const auto concerns = late_loads(log, started);
  ASSERT_EQ(concerns.size(), 1U);
  EXPECT_EQ(concerns.front().module, "b");
  EXPECT_EQ(concerns.front().why, "was loaded 3 h 12 min after the boot, by daemon");
}

TEST(LateLoads, LeaveOutWhatDidNotComeIn) {
  EventLog log;
  log.events = {load_at(100, "a"), load_at(100, "b"), load_at(-5, "c"), load_at(100, "")};
  log.events[0].error = EPERM;
  log.events[1].action = EventAction::unload;
  EXPECT_TRUE(late_loads(log, started).empty());
}

TEST(LateLoads, SayThatThereIsNoTrail) {
  const auto concerns =
      late_loads(std::unexpected(Error{ErrorKind::not_found, "log", "no audit log"}), started);
  ASSERT_EQ(concerns.size(), 1U);
  EXPECT_NE(concerns.front().why.find("no audit log"), std::string::npos);
}

}  // namespace
}  // namespace kmodsec
