// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/baseline/baseline_status.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

const std::string torn = "SQLite format 3" + std::string(100, 'x');

/// Somebody writes to the store: each time it is read, it is another one.
class ChangingRoot : public MemoryRoot {
 public:
  ChangingRoot() { add_file(std::string(baseline_store_path), torn); }

  Result<std::string> read(std::string_view /*path*/, std::size_t /*limit*/) const override {
    return torn + std::string(++reads_, 'y');
  }

 private:
  mutable std::size_t reads_ = 0;
};

TEST(BaselineStandingTest, AStoreThatChangesWhileItIsReadIsNotCalledAltered) {
  const auto status = collect_baseline_status(ChangingRoot());
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().reason, "is being written");
}

TEST(BaselineStandingTest, ADamagedStoreHasAFlaw) {
  MemoryRoot root;
  root.add_file(std::string(baseline_store_path), torn);
  const auto status = collect_baseline_status(root);
  ASSERT_TRUE(status);
  EXPECT_NE(status->flaw, "");
}

TEST(BaselineStandingTest, WhatStandsUnfinishedBesideAStoreIsAGap) {
  for (const std::string ending : {"-journal", "-wal"}) {
    MemoryRoot root;
    root.add_file(std::string(baseline_store_path), torn);
    root.add_file(std::string(baseline_store_path) + ending, "begun");
    const auto status = collect_baseline_status(root);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, ErrorKind::io);
  }
}

}  // namespace
}  // namespace kmodsec::test
