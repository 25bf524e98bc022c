// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whatever a host shows: its record can be kept, is read back as it was, and grows with what it
// sees.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "analyze/usage/record_usage.hpp"
#include "model/host/module_name.hpp"
#include "state/usage_store.hpp"
#include "support/random_facts.hpp"

namespace kmodsec::test {
namespace {

constexpr std::int64_t start = 1'795'000'000;

/// Names that a kernel can have, among some that it cannot.
std::string any_name(RandomFacts& random) {
  return random.chance(4) ? random.text() : "m" + std::to_string(random.below(40));
}

Facts any_sighting(RandomFacts& random, std::int64_t time) {
  Facts facts = random.facts();
  facts.time = time;
  EventLog log;
  for (std::uint64_t count = random.below(6); count > 0; --count) {
    if (facts.loaded) facts.loaded->emplace_back().name = any_name(random);
    ModuleEvent event;
    event.time = time - static_cast<std::int64_t>(random.below(2000));
    event.module = any_name(random);
    event.module_from = EventSource::record;
    event.error = 0;
    event.command = random.text();
    event.origin = random.one_of(
        {EventOrigin::user, EventOrigin::autoload, EventOrigin::boot, EventOrigin::daemon});
    log.events.push_back(event);
  }
  facts.events = log;
  return facts;
}

bool has(const UsageRecord& record, const std::string& module) {
  return std::ranges::binary_search(record.modules, module, {}, &UsedModule::module);
}

void expect_kept(const UsageRecord& record) {
  const auto bytes = usage_store_bytes(record, "usage.db");
  ASSERT_TRUE(bytes);
  const auto again = read_usage_store(*bytes, "usage.db");
  ASSERT_TRUE(again) << again.error().reason;
  ASSERT_EQ(*again, record);
}

TEST(UsageRecordProperty, OfAnyHostCanBeKept) {
  RandomFacts random(17);
  for (int round = 0; round < 40 && !testing::Test::HasFailure(); ++round) {
    UsageRecord record;
    for (std::int64_t time = start; time < start + 6000; time += 600) {
      const Facts facts = any_sighting(random, time - static_cast<std::int64_t>(random.below(900)));
      const std::vector<std::string> names = {any_name(random), random.bytes()};
      record = with_stopped(std::move(record), facts, {"m1", "m2"});
      record = with_imported(std::move(record), names, random.bytes(), time);
      record = with_sighting(std::move(record), facts);
      expect_kept(record);
    }
  }
}

TEST(UsageRecordProperty, NothingThatWasSeenIsLost) {
  RandomFacts random(19);
  UsageRecord record;
  for (std::int64_t time = start; time < start + 60'000; time += 600) {
    const Facts facts = any_sighting(random, time);
    const UsageRecord before = record;
    record = with_sighting(std::move(record), facts);
    for (const UsedModule& used : before.modules) ASSERT_TRUE(has(record, used.module));
    if (!facts.loaded) continue;
    for (const LoadedModule& module : *facts.loaded)
      ASSERT_EQ(has(record, module.name), is_module_name(module.name)) << module.name;
  }
}

}  // namespace
}  // namespace kmodsec::test
