// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/auditd/audit_log.hpp"

#include <gtest/gtest.h>

#include <string>

#include "analyze/auditd/event_origins.hpp"
#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

std::string record(int second) {
  return "type=LOGIN msg=audit(" + std::to_string(1700000000 + second) +
         ".000:" + std::to_string(second) + "): auid=0\n";
}

Seen<EventLog> collected(const MemoryRoot& root, std::int64_t since = 0) {
  EventOrigins origins;
  return collect_audit_log(root, since, origins);
}

TEST(AuditLog, HasAGapWhereAFileBetweenOthersIsMissing) {
  MemoryRoot root;
  root.add_file("/var/log/audit/audit.log.2", record(10));
  root.add_file("/var/log/audit/audit.log", record(90));
  const auto log = collected(root);
  ASSERT_TRUE(log);
  ASSERT_EQ(log->gaps.size(), 1U);
  EXPECT_EQ(log->gaps.front().from, 1700000010);
  EXPECT_EQ(log->gaps.front().until, 1700000090);
  root.add_file("/var/log/audit/audit.log.1", record(50));
  EXPECT_TRUE(collected(root)->gaps.empty());
}

TEST(AuditLog, TellsOfFilesThatItDoesNotRead) {
  MemoryRoot root;
  root.add_file("/var/log/audit/audit.log", record(90));
  root.add_file("/var/log/audit/audit.log-20261101", record(10));
  ASSERT_EQ(collected(root)->unseen.size(), 1U);
  MemoryRoot rotated;
  rotated.add_file("/var/log/audit/audit.log.1", record(10));
  EXPECT_EQ(collected(rotated)->unseen.size(), 1U);
}

TEST(AuditLog, IsNotWrittenWhereTheSettingsSaySo) {
  MemoryRoot root;
  root.add_file("/etc/audit/auditd.conf", "write_logs = no\n");
  root.add_file("/var/log/audit/empty", "");
  ASSERT_FALSE(collected(root));
  EXPECT_EQ(collected(root).error().subject, "/etc/audit/auditd.conf");
  root.add_file("/var/log/audit/audit.log", record(90));
  EXPECT_EQ(collected(root)->unseen.size(), 1U);
}

TEST(AuditLog, KeepsAFileThatTheClockWasAheadIn) {
  MemoryRoot root;
  root.add_file("/var/log/audit/audit.log.1", record(5000));
  root.add_file("/var/log/audit/audit.log", record(10));
  EXPECT_EQ(collected(root, 1700003000)->last, 1700005000);
}

}  // namespace
}  // namespace kmodsec::test
