// SPDX-License-Identifier: GPL-2.0-or-later
#include "state/baseline_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kmodsec::test {
namespace {

using ::testing::HasSubstr;

const Ed25519Signature signature{std::string(64, 'a'), std::string(128, 'b')};

class BaselineStoreTest : public testing::Test {
 protected:
  static BaselineStore store() { return std::move(*BaselineStore::writer({}, "baseline.db")); }

  static Baseline baseline_after(const std::string& previous) {
    return {.time = 1, .reason = "a test", .previous = previous, .entries = {}};
  }
};

TEST_F(BaselineStoreTest, ChainsItsGenerations) {
  BaselineStore opened = store();
  Baseline first = baseline_after("");
  ASSERT_TRUE(opened.append(first));
  Baseline second = baseline_after(first.digest);
  ASSERT_TRUE(opened.append(second));
  const auto newest = opened.newest();
  ASSERT_TRUE(newest && *newest);
  EXPECT_EQ((*newest)->generation, 2);
  EXPECT_EQ((*newest)->previous, first.digest);
  EXPECT_EQ(opened.generations()->size(), 2U);
}

TEST_F(BaselineStoreTest, WhatWasMadeFromAnOlderGenerationIsRefused) {
  BaselineStore opened = store();
  Baseline first = baseline_after("");
  ASSERT_TRUE(opened.append(first));
  Baseline second = baseline_after(first.digest);
  ASSERT_TRUE(opened.append(second));
  Baseline late = baseline_after(first.digest);
  EXPECT_THAT(opened.append(late).error().reason, HasSubstr("meanwhile"));
  Baseline another_first = baseline_after("");
  EXPECT_FALSE(opened.append(another_first));
  EXPECT_EQ((*opened.newest())->digest, second.digest);
}

TEST_F(BaselineStoreTest, RemembersTheLastCheckAlone) {
  BaselineStore opened = store();
  EXPECT_FALSE(*opened.last_check());
  ASSERT_TRUE(opened.note_check({1, 5}));
  ASSERT_TRUE(opened.note_check({2, 0, 3}));
  const auto check = opened.last_check();
  ASSERT_TRUE(check && *check);
  EXPECT_EQ((*check)->time, 2);
  EXPECT_EQ((*check)->suspicious, 0);
  EXPECT_EQ((*check)->unseen, 3);
}

TEST_F(BaselineStoreTest, KeepsTheFormatAndTheHostOfAGeneration) {
  BaselineStore opened = store();
  Baseline first = baseline_after("");
  first.format = format_without_folders;
  ASSERT_TRUE(opened.append(first));
  EXPECT_FALSE(records_folders(**opened.newest()));
  Baseline second = baseline_after(first.digest);
  second.machine = "00ff";
  ASSERT_TRUE(opened.append(second));
  const auto again = BaselineStore::writer(*opened.bytes(), "baseline.db")->newest();
  ASSERT_TRUE(again && *again);
  EXPECT_TRUE(records_folders(**again));
  EXPECT_EQ((*again)->machine, "00ff");
}

TEST_F(BaselineStoreTest, ACheckWithNumbersBelowZeroIsAltered) {
  BaselineStore opened = store();
  ASSERT_TRUE(opened.note_check({1, -1, 0}));
  EXPECT_FALSE(opened.last_check());
}

TEST_F(BaselineStoreTest, ASealIsOfTheNewestGeneration) {
  BaselineStore opened = store();
  Baseline first = baseline_after("");
  ASSERT_TRUE(opened.append(first));
  ASSERT_TRUE(opened.set_signature(first.digest, signature));
  EXPECT_EQ((*opened.signature())->key, signature.key);
  Baseline second = baseline_after(first.digest);
  ASSERT_TRUE(opened.append(second));
  EXPECT_FALSE(*opened.signature());
  EXPECT_THAT(opened.set_signature(first.digest, signature).error().reason, HasSubstr("meanwhile"));
  EXPECT_FALSE(*opened.signature());
}

}  // namespace
}  // namespace kmodsec::test
