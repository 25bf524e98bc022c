// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/usage/usage.hpp"

#include <gtest/gtest.h>

#include <string>

#include "state/usage_store.hpp"
#include "support/memory_root.hpp"
#include "support/whole_host.hpp"

namespace kmodsec::test {
namespace {

const std::string path(usage_store_path);

UsageRecord record_of_loop() {
  UsageRecord record;
  record.machine = "machine-1";
  record.modules.push_back({.module = "loop",
                            .first_seen = 1,
                            .last_seen = 2,
                            .boots = 1,
                            .last_boot = "boot-1",
                            .held_by = {},
                            .imported_from = {},
                            .requesters = {}});
  return record;
}

std::string stored() { return *usage_store_bytes(record_of_loop(), path); }

TEST(UsageTest, ReadsTheRecordOfTheHost) {
  MemoryRoot root;
  root.add_file(path, stored(), 0600);
  EXPECT_EQ(collect_usage_record(root), record_of_loop());
}

TEST(UsageTest, AWholeHostWithoutAStoreHasAnEmptyRecord) {
  MemoryRoot root;
  add_whole_installation(root);
  EXPECT_EQ(collect_usage_record(root), UsageRecord{});
}

TEST(UsageTest, APartOfAHostTellsNothing) {
  MemoryRoot root;
  root.add_file("/etc/hostname", "web-1\n");
  EXPECT_FALSE(collect_usage_record(root));
}

TEST(UsageTest, WhatOthersMayWriteIsNoRecord) {
  MemoryRoot root;
  root.add_file(path, stored(), 0666);
  const auto usage = collect_usage_record(root);
  ASSERT_FALSE(usage);
  EXPECT_EQ(usage.error().kind, ErrorKind::denied);
}

TEST(UsageTest, ADamagedStoreIsAGap) {
  MemoryRoot root;
  root.add_file(path, stored().substr(0, 5000), 0600);
  EXPECT_FALSE(collect_usage_record(root));
  MemoryRoot begun;
  begun.add_file(path, stored(), 0600);
  begun.add_file(path + "-journal", "begun");
  EXPECT_EQ(collect_usage_record(begun).error().kind, ErrorKind::io);
}

}  // namespace
}  // namespace kmodsec::test
