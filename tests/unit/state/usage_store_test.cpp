// SPDX-License-Identifier: GPL-2.0-or-later
#include "state/usage_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/utc_time.hpp"

namespace kmodsec::test {
namespace {

using ::testing::HasSubstr;

UsageRecord record_of_a_host() {
  return {.machine = "69156cc04453405aa6cac20fab25e0d1",
          .boots = {{"boot-1", "6.1.0-48", 100, 200}, {"boot-2", "6.1.0-49", 300, 400}},
          .modules = {{.module = "loop",
                       .first_seen = 100,
                       .last_seen = 400,
                       .boots = 2,
                       .last_boot = "boot-2",
                       .held_by = "mount /mnt",
                       .imported_from = {},
                       .requesters = {{RequesterKind::kernel, "modprobe -q -- fs-iso9660", {}},
                                      {RequesterKind::person, "losetup -f", 1000}}},
                      {.module = "wireguard",
                       .first_seen = 150,
                       .last_seen = 150,
                       .boots = 0,
                       .last_boot = {},
                       .held_by = {},
                       .imported_from = "web-1",
                       .requesters = {}}},
          .observed_since = 150,
          .stopped = {{.module = "isofs",
                       .first_seen = 300,
                       .last_seen = 400,
                       .times = 3,
                       .requesters = {{RequesterKind::device, "usb:v1D6B", {}}}}}};
}

std::string bytes_of(const UsageRecord& record) { return *usage_store_bytes(record, "usage.db"); }

std::string refusal_of(const UsageRecord& record) {
  const auto read = read_usage_store(bytes_of(record), "usage.db");
  return read ? "" : read.error().reason;
}

TEST(UsageStoreTest, ReadsWhatItWrote) {
  for (const UsageRecord& record : {UsageRecord{}, record_of_a_host()})
    EXPECT_EQ(read_usage_store(bytes_of(record), "usage.db"), record);
}

TEST(UsageStoreTest, TheSameRecordHasTheSameBytes) {
  EXPECT_EQ(bytes_of(record_of_a_host()), bytes_of(record_of_a_host()));
}

TEST(UsageStoreTest, WithoutBytesThereIsNoRecord) {
  const auto read = read_usage_store("", "usage.db");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::not_found);
  EXPECT_THAT(read.error().reason, HasSubstr("kmodsec learn record"));
}

TEST(UsageStoreTest, WhatIsNoStoreIsRefused) {
  EXPECT_EQ(read_usage_store("loop\n", "usage.db").error().kind, ErrorKind::malformed);
  std::string cut = bytes_of(record_of_a_host());
  cut.resize(cut.size() / 2);
  EXPECT_FALSE(read_usage_store(cut, "usage.db"));
}

TEST(UsageStoreTest, WhatNoRecordHasIsRefused) {
  UsageRecord record = record_of_a_host();
  record.modules[0].module = "../loop";
  EXPECT_THAT(refusal_of(record), HasSubstr("a name that no module has"));
  record = record_of_a_host();
  record.modules[0].held_by = std::string(longest_usage_text + 1, 'x');
  EXPECT_THAT(refusal_of(record), HasSubstr("too long"));
  record = record_of_a_host();
  record.modules[0].last_seen = last_second + 1;
  EXPECT_THAT(refusal_of(record), HasSubstr("out of its bounds"));
  record = record_of_a_host();
  record.modules[0].requesters = std::vector<Requester>(most_requesters + 1);
  EXPECT_THAT(refusal_of(record), HasSubstr("more of it"));
  record = record_of_a_host();
  record.boots = std::vector<RecordedBoot>(most_recorded_boots + 1);
  EXPECT_THAT(refusal_of(record), HasSubstr("more of it"));
}

}  // namespace
}  // namespace kmodsec::test
