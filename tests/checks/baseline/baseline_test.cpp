// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/check_test.hpp"

namespace kmodsec::test {
namespace {

constexpr std::int64_t now = 1'790'000'000;
constexpr std::int64_t day = 86'400;

Facts machine_with_baseline() {
  Facts facts = healthy_machine();
  facts.time = now;
  facts.baseline = BaselineStatus{.exists = true,
                                  .flaw = {},
                                  .generation = 3,
                                  .is_signed = true,
                                  .check = BaselineCheck{now - day, 0}};
  return facts;
}

constexpr std::string_view all[] = {"BASE-001", "BASE-002", "BASE-003", "BASE-004", "BASE-005"};

TEST(Baseline, PassesWhenItHoldsAndWasChecked) {
  for (const std::string_view id : all) expect_pass(id, machine_with_baseline());
}

TEST(Baseline, IsUnknownWhenItCouldNotBeRead) {
  Facts facts = machine_with_baseline();
  facts.baseline = not_seen();
  for (const std::string_view id : all) expect_unknown(id, facts);
}

TEST(Baseline, AHostWithoutOneHasOneFinding) {
  Facts facts = machine_with_baseline();
  facts.baseline = BaselineStatus{};
  expect_fail("BASE-001", facts, {"baseline"});
  for (const std::string_view id : all) {
    if (id != "BASE-001") expect_not_applicable(id, facts);
  }
}

TEST(Baseline, OneOfAnotherHostIsNone) {
  Facts facts = machine_with_baseline();
  facts.host.machine_id = "1111";
  facts.baseline->machine = "1111";
  for (const std::string_view id : all) expect_pass(id, facts);
  facts.baseline->machine = "2222";
  expect_fail("BASE-001", facts, {"baseline"});
  expect_unknown("BASE-003", facts);
  expect_unknown("BASE-004", facts);
}

TEST(Baseline, AnAlteredStore) {
  Facts facts = machine_with_baseline();
  facts.baseline->flaw = "altered";
  expect_fail("BASE-002", facts, {"baseline"});
}

TEST(Baseline, WhatTheLastCheckFound) {
  Facts facts = machine_with_baseline();
  facts.baseline->check->suspicious = 2;
  expect_fail("BASE-003", facts, {"baseline"});
  facts.baseline->check.reset();
  expect_unknown("BASE-003", facts);
}

TEST(Baseline, ALastCheckThatDidNotSeeEverythingProvesNothing) {
  Facts facts = machine_with_baseline();
  facts.baseline->check->unseen = 1;
  expect_unknown("BASE-003", facts);
  facts.baseline->check->suspicious = 1;
  expect_fail("BASE-003", facts, {"baseline"});
}

TEST(Baseline, NoCheckIsNoted) {
  Facts facts = machine_with_baseline();
  facts.baseline->check.reset();
  expect_fail("BASE-004", facts, {"baseline"});
  expect_unknown("BASE-003", facts);
}

TEST(Baseline, ADamagedStoreDoesNotSayWhenItWasChecked) {
  Facts facts = machine_with_baseline();
  facts.baseline->flaw = "altered";
  facts.baseline->check.reset();
  expect_unknown("BASE-003", facts);
  expect_unknown("BASE-004", facts);
}

TEST(Baseline, TheTimeOfTheLastCheck) {
  Facts facts = machine_with_baseline();
  facts.baseline->check->time = now - 7 * day;
  expect_pass("BASE-004", facts);
  facts.baseline->check->time = now - 7 * day - 1;
  expect_fail("BASE-004", facts, {"baseline"});
  facts.baseline->check->time = now + 1;
  expect_fail("BASE-004", facts, {"baseline"});
}

TEST(Baseline, WithoutASeal) {
  Facts facts = machine_with_baseline();
  facts.baseline->is_signed = false;
  expect_fail("BASE-005", facts, {"baseline"});
}

}  // namespace
}  // namespace kmodsec::test
