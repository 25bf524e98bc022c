// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/observe_usage.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "analyze/usage/keep_set.hpp"
#include "analyze/usage/record_usage.hpp"

namespace kmodsec {
namespace {

/// What was kept when these modules were asked for: neither they nor a device that was plugged in
/// since are a reason.
std::set<std::string> kept_before(const UsageRecord& record, const Facts& facts) {
  Facts before = facts;
  before.loaded = std::vector<LoadedModule>{};
  before.devices = std::vector<Device>{};
  const KeepSet set = keep_set(before, std::span(&record, 1), facts.policy->keep_classes);
  std::set<std::string> kept;
  for (const KeptForUse& one : set.kept) kept.insert(one.module);
  return kept;
}

bool is_observed(const Facts& facts) {
  return facts.policy && facts.policy->deny.everything_else &&
         facts.policy->keep.mode == KeepMode::observe;
}

}  // namespace

bool has_news_to_observe(const UsageRecord& record, const Facts& facts) {
  if (!is_observed(facts) || !record.observed_since || !facts.loaded) return false;
  std::set<std::string_view> known;
  for (const UsedModule& used : record.modules) known.insert(used.module);
  const auto is_loaded_news = [&](const LoadedModule& one) { return !known.contains(one.name); };
  const auto is_logged_news = [&](const ModuleEvent& one) {
    return !one.module.empty() && !known.contains(one.module);
  };
  return std::ranges::any_of(*facts.loaded, is_loaded_news) ||
         (facts.events && std::ranges::any_of(facts.events->events, is_logged_news));
}

UsageRecord with_observation(UsageRecord record, const Facts& facts) {
  if (!facts.policy) return record;
  if (!facts.policy->deny.everything_else) {
    record.observed_since.reset();
    record.stopped.clear();
  }
  if (!is_observed(facts)) return record;
  if (record.observed_since && !has_news_to_observe(record, facts)) return record;
  const std::set<std::string> kept =
      record.observed_since ? kept_before(record, facts) : std::set<std::string>{};
  return with_stopped(std::move(record), facts, kept);
}

}  // namespace kmodsec
