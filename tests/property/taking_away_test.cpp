// SPDX-License-Identifier: GPL-2.0-or-later
//
// A fact is taken away in the snapshot, where each one is {"value": …}: a new fact falls under the
// law without a line here.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "analyze/audit.hpp"
#include "format/snapshot.hpp"
#include "support/random_facts.hpp"
#include "support/reports.hpp"

namespace kmodsec::test {
namespace {

using Json = nlohmann::json;
using Place = Json::json_pointer;

void find_facts(const Json& json, const Place& at, std::vector<Place>& found) {
  if (json.is_object() && json.size() == 1 && json.contains("value")) found.push_back(at);
  if (!json.is_structured()) return;
  for (const auto& item : json.items()) {
    const Place below = json.is_array() ? at / std::stoul(item.key()) : at / item.key();
    find_facts(item.value(), below, found);
  }
}

std::map<std::string_view, Status> judged(const Facts& facts) {
  std::map<std::string_view, Status> statuses;
  for (const CheckResult& result : audit(facts).results)
    statuses[result.check->id] = result.verdict.status;
  return statuses;
}

TEST(TakingAwayProperty, NeverMakesACheckPass) {
  const Json unseen = {
      {"unseen", {{"kind", "denied"}, {"subject", "somewhere"}, {"reason", "no permission"}}}};
  RandomFacts random(2);
  std::size_t taken = 0;
  for (int round = 0; round < 10; ++round) {
    const Facts facts = random.facts();
    const auto before = judged(facts);
    const Json whole = Json::parse(snapshot_of(facts));
    std::vector<Place> places;
    find_facts(whole, Place(), places);
    for (const Place& place : places) {
      Json less = whole;
      less[place] = unseen;
      const auto rest = parse_snapshot(less.dump());
      ASSERT_TRUE(rest) << rest.error().reason;
      for (const auto& [id, status] : judged(*rest)) {
        if (status == Status::pass) {
          ASSERT_EQ(before.at(id), Status::pass) << id << " passes without " << place.to_string();
        }
      }
    }
    taken += places.size();
  }
  EXPECT_GT(taken, 100U);
}

}  // namespace
}  // namespace kmodsec::test
