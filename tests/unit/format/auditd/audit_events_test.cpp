// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/auditd/audit_events.hpp"

#include <cerrno>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "analyze/auditd/event_origins.hpp"

namespace kmodsec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string call(int serial, std::string_view rest, int second = 0) {
  return fmt::format("type=SYSCALL msg=audit({}.000:{}): arch=c000003e syscall={}\n",
                     1700000000 + second, serial, rest);
}

std::string name(int serial, std::string_view module, int second = 0) {
  return fmt::format("type=KERN_MODULE msg=audit({}.000:{}): name=\"{}\"\n", 1700000000 + second,
                     serial, module);
}

constexpr std::string_view load =
    "313 success=yes exit=0 a0=3 a1=0 a2=0 ppid=1 pid=9 auid=4294967295 uid=0 ses=4294967295 "
    "comm=\"x\" exe=\"/x\" key=\"k\"";

struct Reading {
  std::vector<ModuleEvent> events;
  std::vector<AuditLogGap> gaps;
};

Reading read(std::string_view log, std::size_t piece = 1 << 20) {
  Reading reading;
  EventOrigins origins;
  AuditEvents joiner(origins,
                     [&](ModuleEvent event) { reading.events.push_back(std::move(event)); });
  AuditSieve sieve([&](const AuditEventLines& lines) { joiner.add(lines); });
  for (std::size_t at = 0; at < log.size(); at += piece) sieve.feed(log.substr(at, piece));
  sieve.finish();
  reading.gaps = origins.gaps();
  reading.gaps.insert(reading.gaps.end(), sieve.clock_steps().begin(), sieve.clock_steps().end());
  return reading;
}

std::vector<std::string> modules(const Reading& reading) {
  std::vector<std::string> names;
  for (const ModuleEvent& event : reading.events) names.push_back(event.module);
  return names;
}

TEST(AuditEvents, AreJoinedFromPiecesOfAnySize) {
  const std::string log = call(1, load) + call(2, load) + name(2, "b") + name(1, "a");
  for (const std::size_t piece : {1UL, 7UL, 64UL, 4096UL})
    EXPECT_THAT(modules(read(log, piece)), ElementsAre("a", "b")) << piece;
}

TEST(AuditEvents, AreJoinedInAnyOrder) {
  const Reading reading = read("type=PROCTITLE msg=audit(1700000000.000:1): proctitle=\"up\"\n" +
                               name(1, "a") + call(1, load));
  ASSERT_EQ(reading.events.size(), 1U);
  EXPECT_EQ(reading.events.front().module, "a");
  EXPECT_EQ(reading.events.front().command, "up");
  EXPECT_EQ(reading.events.front().pid, 9U);
}

TEST(AuditEvents, LookBackOnlyOnce) {
  EXPECT_THAT(modules(read(name(1, "a") + call(1, load) + call(1, load))), ElementsAre("a"));
}

TEST(AuditEvents, OfTheSameSerialNumberAndAnotherTimeAreOthers) {
  EXPECT_THAT(modules(read(call(1, load) + name(1, "a") + call(1, load, 100) + name(1, "b", 100))),
              ElementsAre("a", "b"));
}

TEST(AuditEvents, HaveTheErrorOfTheKernel) {
  const Reading reading = read(call(1, "313 success=no exit=-129 a2=6"));
  ASSERT_EQ(reading.events.size(), 1U);
  EXPECT_EQ(reading.events.front().error, EKEYREJECTED);
  EXPECT_EQ(reading.events.front().arguments.back(),
            "flags=MODULE_INIT_IGNORE_VERMAGIC|MODULE_INIT_COMPRESSED_FILE");
  EXPECT_EQ(reading.events.front().module_from, EventSource::none);
}

TEST(AuditEvents, OfNewerKernelsHaveAQuestionMarkForAName) {
  EXPECT_THAT(modules(read(call(1, "313 success=no exit=-129") + name(1, "?"))), ElementsAre(""));
}

TEST(AuditEvents, WithoutTheCallHaveNoResult) {
  const Reading reading = read(name(1, "a"));
  ASSERT_EQ(reading.events.size(), 1U);
  EXPECT_FALSE(reading.events.front().error);
  EXPECT_FALSE(reading.events.front().origin);
}

TEST(AuditEvents, OfOtherCallsAreNone) {
  EXPECT_THAT(modules(read(call(1, "59 success=yes exe=\"/bin/true\"") +
                           call(2, "314 success=yes") + call(3, "") + call(4, "99999999999"))),
              IsEmpty());
}

TEST(AuditEvents, AreOfTheBootUntilTheHostHasStarted) {
  const std::string boot = "type=SYSTEM_BOOT msg=audit(1700000000.000:1): res=success\n";
  const std::string up = "type=SYSTEM_RUNLEVEL msg=audit(1700000001.000:3): res=success\n";
  const Reading reading = read(boot + call(2, load) + up + call(4, load, 2));
  ASSERT_EQ(reading.events.size(), 2U);
  EXPECT_EQ(reading.events[0].origin, EventOrigin::boot);
  EXPECT_EQ(reading.events[1].origin, EventOrigin::daemon);
}

TEST(AuditEvents, AreOfTheBootForTenMinutesWhereNothingTellsItsEnd) {
  const std::string boot = "type=SYSTEM_BOOT msg=audit(1699999401.000:1): res=success\n";
  const std::string long_ago = "type=SYSTEM_BOOT msg=audit(1699999400.000:1): res=success\n";
  EXPECT_EQ(read(boot + call(2, load)).events.front().origin, EventOrigin::boot);
  EXPECT_EQ(read(long_ago + call(2, load)).events.front().origin, EventOrigin::daemon);
}

TEST(AuditEvents, OfTheKernelsHelperHaveNoName) {
  const Reading reading =
      read(call(1,
                "313 success=no exit=-2 auid=4294967295 pid=5 comm=\"modprobe\" "
                "exe=\"/usr/bin/kmod\"") +
           "type=PROCTITLE msg=audit(1700000000.000:1): "
           "proctitle=2F7362696E2F6D6F6470726F6265002D71002D2D006E65742D70662D3338\n");
  ASSERT_EQ(reading.events.size(), 1U);
  EXPECT_EQ(reading.events.front().origin, EventOrigin::autoload);
  EXPECT_EQ(reading.events.front().module, "");
  EXPECT_EQ(reading.events.front().command, "/sbin/modprobe -q -- net-pf-38");
}

TEST(AuditEvents, TakeTheCommandLineFromTheStartOfTheProcess) {
  const std::string start =
      call(1, "59 success=yes exit=0 pid=9 comm=\"insmod\" exe=\"/usr/bin/kmod\"") +
      "type=EXECVE msg=audit(1700000000.000:1): argc=2 a0=\"insmod\" a1=\"./up.ko\"\n"
      "type=CWD msg=audit(1700000000.000:1): cwd=\"/tmp/w\"\n";
  const std::string refused =
      call(2, "313 success=no exit=-129 pid=9 comm=\"insmod\" exe=\"/usr/bin/kmod\"") +
      "type=PROCTITLE msg=audit(1700000000.000:2): proctitle=\"sh\"\n";
  const Reading reading = read(start + refused);
  ASSERT_EQ(reading.events.size(), 1U);
  EXPECT_EQ(reading.events.front().path, "/tmp/w/up.ko");
  EXPECT_EQ(reading.events.front().module, "up");
  EXPECT_EQ(reading.events.front().module_from, EventSource::command);
  EXPECT_EQ(read(refused).events.front().command, "");
}

TEST(AuditTrail, HasGapsWhereAuditdWasDownOrTheClockWasSetBack) {
  const auto state = [](std::string_view type, int second, int serial) {
    return fmt::format("type={} msg=audit({}.000:{}): res=success\n", type, 1700000000 + second,
                       serial);
  };
  EXPECT_EQ(read(state("DAEMON_END", 10, 7) + state("DAEMON_START", 60, 2)).gaps.size(), 1U);
  EXPECT_EQ(read(call(1, load, 100) + call(2, load, 20)).gaps.size(), 1U);
  EXPECT_TRUE(read(call(100, load, 100) + call(1, load, 200)).gaps.empty());
}

TEST(AuditEvents, HaveTheArgumentsThatTheRecordHas) {
  EXPECT_THAT(read(call(1, "175 success=yes exit=0 pid=9")).events.front().arguments, IsEmpty());
  EXPECT_THAT(read(call(1, "175 success=yes exit=0 a0=7f00 pid=9")).events.front().arguments,
              ElementsAre("module_image=0x7f00"));
  EXPECT_THAT(read(call(1, "176 success=yes exit=0 a1=800 pid=9")).events.front().arguments,
              ElementsAre("flags=O_NONBLOCK"));
}

std::string state(std::string_view type, int second, int serial,
                  std::string_view fields = "res=success") {
  return fmt::format("type={} msg=audit({}.000:{}): {}\n", type, 1700000000 + second, serial,
                     fields);
}

TEST(AuditTrail, HasAGapWhereAuditdStartsAnewWithoutAnEnd) {
  const Reading reading =
      read(state("DAEMON_START", 10, 7) + call(1, load, 50) + state("DAEMON_START", 900, 8));
  ASSERT_EQ(reading.gaps.size(), 1U);
  EXPECT_EQ(reading.gaps.front().from, 1700000050);
  EXPECT_EQ(reading.gaps.front().until, 1700000900);
}

TEST(AuditTrail, HasAGapWhereTheKernelMadeNoRecords) {
  const std::string off = state("CONFIG_CHANGE", 60, 9, "op=set audit_enabled=0 old=1 res=1");
  const std::string on = state("CONFIG_CHANGE", 90, 10, "op=set audit_enabled=1 old=0 res=1");
  EXPECT_EQ(read(off + on).gaps.size(), 1U);
  EXPECT_EQ(read(state("DAEMON_START", 70, 3) + off + call(11, load, 80)).gaps.size(), 1U);
  EXPECT_TRUE(
      read(state("CONFIG_CHANGE", 60, 9, "op=set audit_enabled=0 old=2 res=0") + on).gaps.empty());
  EXPECT_EQ(read(state("DAEMON_START", 10, 3) + call(1, load, 20) + state("DAEMON_RESUME", 80, 4))
                .gaps.size(),
            1U);
}

TEST(AuditTrail, OfOneHostTellsNothingOfAnother) {
  const std::string log = "node=a " + state("DAEMON_START", 10, 1) + "node=b " +
                          state("DAEMON_START", 20, 2) + "node=a " + call(900, load, 500) +
                          "node=b " + call(901, load, 100) + "node=b " + call(2, load, 101);
  EXPECT_TRUE(read(log).gaps.empty());
  EXPECT_FALSE(read(log + "node=b " + state("DAEMON_START", 600, 3)).gaps.empty());
}

TEST(AuditTrail, BeginsWithItsEarliestRecord) {
  AuditSieve sieve([](const AuditEventLines&) {});
  sieve.feed(state("CWD", 50, 2) + state("PATH", 10, 1) + state("CWD", 90, 4) +
             state("SYSCALL", 70, 3));
  sieve.finish();
  EXPECT_EQ(sieve.first(), 1700000010);
  EXPECT_EQ(sieve.last(), 1700000090);
}

TEST(AuditTrail, HasNoGapWhereTheHostWentDown) {
  EXPECT_TRUE(read("type=SYSTEM_SHUTDOWN msg=audit(1700000000.000:9): res=success\n"
                   "type=DAEMON_END msg=audit(1700000001.000:5): res=success\n"
                   "type=DAEMON_START msg=audit(1700000900.000:6): res=success\n")
                  .gaps.empty());
}

TEST(AuditEvents, OfAFileThatIsCutDoNotSpoilTheNext) {
  std::vector<std::string> names;
  EventOrigins origins;
  AuditEvents joiner(origins, [&](const ModuleEvent& event) { names.push_back(event.module); });
  AuditSieve sieve([&](const AuditEventLines& lines) { joiner.add(lines); });
  sieve.feed(call(1, load) + "type=KERN_MODULE msg=audit(1700000000.000:1): na");
  sieve.end_line();
  sieve.feed(call(2, load) + name(2, "whole"));
  sieve.finish();
  EXPECT_THAT(names, ElementsAre("", "whole"));
}

TEST(AuditEvents, OutliveLinesThatAreTooLong) {
  EXPECT_THAT(modules(read("type=SYSCALL msg=audit(1.000:1): " + std::string(3 << 20, 'x') + "\n" +
                               call(2, load) + name(2, "a"),
                           4096)),
              ElementsAre("a"));
}

}  // namespace
}  // namespace kmodsec
