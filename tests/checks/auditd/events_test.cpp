// SPDX-License-Identifier: GPL-2.0-or-later
#include <cerrno>

#include "support/check_test.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {
namespace {

ModuleEvent event_of(const std::string& module, int error = 0) {
  return {.time = 1796104800,
          .module = module,
          .module_from = EventSource::record,
          .error = error,
          .syscall = "finit_module",
          .origin = EventOrigin::daemon};
}

Facts machine_with(ModuleEvent event) {
  Facts facts = healthy_machine();
  facts.events->events.push_back(std::move(event));
  return facts;
}

TEST(EventsRefused, LeaveOutWhatBootsAreFullOf) {
  expect_pass("EVENT-001", healthy_machine());
  expect_pass("EVENT-001", machine_with(event_of("loop", EEXIST)));
  expect_pass("EVENT-001", machine_with(event_of("crc32c_intel", ENODEV)));
  expect_fail("EVENT-001", machine_with(event_of("bad", EKEYREJECTED)), {"bad"});
  expect_fail("EVENT-001", machine_with(event_of("", EPERM)), {"(not named)"});
}

TEST(EventsRefused, AreUnknownWithoutALogThatShouldBeThere) {
  Facts facts = healthy_machine();
  facts.events = not_seen();
  expect_unknown("EVENT-001", facts);
  facts.events = std::unexpected(Error{ErrorKind::not_found, "log", "none"});
  expect_unknown("EVENT-001", facts);
  facts.auditd = AuditdState{};
  expect_not_applicable("EVENT-001", facts);
}

TEST(EventsRefused, AreUnknownWhereAFileCouldNotBeRead) {
  Facts facts = healthy_machine();
  facts.events->unseen.push_back({"/var/log/audit/audit.log.1", "permission denied"});
  expect_unknown("EVENT-001", facts);
}

TEST(EventsByUsers, AreOfLoginSessions) {
  ModuleEvent event = event_of("loop");
  expect_pass("EVENT-002", machine_with(event));
  event.origin = EventOrigin::user;
  event.auid = {1000, "tester"};
  const Facts facts = machine_with(event);
  expect_fail("EVENT-002", facts, {"loop"});
  EXPECT_NE(verdict_of("EVENT-002", facts).findings.front().evidence.front().value.find("tester"),
            std::string::npos);
  Facts unseen = healthy_machine();
  unseen.events = not_seen();
  expect_unknown("EVENT-002", unseen);
}

TEST(EventsNotInBaseline, NameTheStranger) {
  Facts facts = machine_with(event_of("stranger"));
  expect_fail("EVENT-003", facts, {"stranger"});
  facts.baseline->modules = {"loop", "stranger"};
  expect_pass("EVENT-003", facts);
  facts.baseline->exists = false;
  expect_not_applicable("EVENT-003", facts);
  facts.baseline = not_seen();
  expect_unknown("EVENT-003", facts);
}

TEST(EventsOfDenied, AreFound) {
  Facts facts = machine_with_lines("install isofs /bin/false\n");
  expect_pass("EVENT-004", facts);
  facts.events->events.push_back(event_of("isofs", EPERM));
  expect_pass("EVENT-004", facts);
  facts.events->events.push_back(event_of("isofs"));
  expect_fail("EVENT-004", facts, {"isofs"});
  facts.load = not_seen();
  expect_unknown("EVENT-004", facts);
}

TEST(EventsGuardsUnloaded, AreThoseOfTheListAndOfThePolicy) {
  ModuleEvent event = event_of("nf_tables");
  expect_pass("EVENT-005", machine_with(event));
  event.action = EventAction::unload;
  expect_fail("EVENT-005", machine_with(event), {"nf_tables"});
  event.module = "dummy";
  Facts facts = machine_with(event);
  expect_pass("EVENT-005", facts);
  facts.policy->freeze.require = {"dummy"};
  expect_fail("EVENT-005", facts, {"dummy"});
  facts.events = not_seen();
  expect_unknown("EVENT-005", facts);
}

TEST(EventsGaps, AreFindings) {
  Facts facts = healthy_machine();
  expect_pass("EVENT-006", facts);
  facts.events->gaps.push_back({100, 200, "auditd was not running"});
  expect_fail("EVENT-006", facts, {"audit trail"});
  facts.events = not_seen();
  expect_unknown("EVENT-006", facts);
}

}  // namespace
}  // namespace kmodsec::test
