// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/observe_usage.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "analyze/usage/keep_set.hpp"
#include "analyze/usage/opened_modules.hpp"
#include "analyze/usage/record_usage.hpp"
#include "analyze/usage/requesters.hpp"
#include "analyze/work.hpp"

namespace kmodsec {
namespace {

/// The keep set when these modules were asked for: neither they nor a device that was plugged in
/// since are a reason.
KeepSet keep_set_before(const UsageRecord& record, const Facts& facts) {
  Facts before = facts;
  before.loaded = std::vector<LoadedModule>{};
  before.devices = std::vector<Device>{};
  return keep_set(before, std::span(&record, 1), facts.policy->keep_classes, KeepSetDetail::names);
}

/// Nothing is known to be closed where something was not seen.
std::set<std::string> closed_before(const UsageRecord& record, const Facts& facts,
                                    std::vector<Unseen>& unseen) {
  std::set<std::string> closed;
  try {
    const KeepSet set = keep_set_before(record, facts);
    unseen = set.unseen;
    if (!unseen.empty()) return closed;
    for (const ClosedModule& one : set.closed) closed.insert(one.module);
  } catch (const TooMuchWork& problem) {
    unseen.push_back(unseen_because(problem.error()));
  }
  return closed;
}

bool is_observed(const Facts& facts) {
  return facts.policy && facts.policy->deny.everything_else &&
         facts.policy->keep.mode == KeepMode::observe;
}

}  // namespace

bool has_news_to_observe(const UsageRecord& record, const Facts& facts) {
  if (!is_observed(facts) || !record.observed_since || !facts.loaded) return false;
  const std::set<std::string> known = modules_of(record);
  const auto is_loaded_news = [&](const LoadedModule& one) { return !known.contains(one.name); };
  const auto is_logged_news = [&](const ModuleEvent& one) {
    return is_recorded_load(one) && !known.contains(one.module);
  };
  return std::ranges::any_of(*facts.loaded, is_loaded_news) ||
         (facts.events && std::ranges::any_of(facts.events->events, is_logged_news));
}

UsageRecord observed_anew(UsageRecord record, const Facts& facts) {
  if (record.observed_since) record.observed_since = facts.time + 1;
  return record;
}

Observation with_observation(UsageRecord record, const Facts& facts) {
  Observation observation{std::move(record), {}};
  UsageRecord& watched = observation.record;
  if (!facts.policy) return observation;
  if (!facts.policy->deny.everything_else) {
    watched.observed_since.reset();
    watched.stopped.clear();
  }
  if (!is_observed(facts)) return observation;
  if (watched.observed_since && !has_news_to_observe(watched, facts)) return observation;
  const std::set<std::string> closed = watched.observed_since
                                           ? closed_before(watched, facts, observation.unseen)
                                           : std::set<std::string>{};
  watched = observation.unseen.empty() ? with_stopped(std::move(watched), facts, closed)
                                       : observed_anew(std::move(watched), facts);
  return observation;
}

Facts without_opened(Facts facts, const UsageRecord& record) {
  std::set<std::string> no_use = denied_or_opened(facts);
  for (const std::string& module : modules_of(record)) no_use.erase(module);
  if (no_use.empty()) return facts;
  if (facts.loaded)
    std::erase_if(*facts.loaded,
                  [&](const LoadedModule& module) { return no_use.contains(module.name); });
  if (facts.events)
    std::erase_if(facts.events->events,
                  [&](const ModuleEvent& event) { return no_use.contains(event.module); });
  return facts;
}

}  // namespace kmodsec
