// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/observe_usage.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "analyze/host/owned_paths.hpp"
#include "analyze/usage/keep_set.hpp"
#include "analyze/usage/opened_modules.hpp"
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

std::set<std::string> known_to(const UsageRecord& record) {
  std::set<std::string> known;
  for (const UsedModule& used : record.modules) known.insert(used.module);
  return known;
}

/// Of what kmodsec denies now, or would but for an exception.
std::set<std::string> opened(const Facts& facts) {
  std::set<std::string> modules = opened_by_exceptions(facts);
  if (facts.load) {
    for (const ConfigLine& line : facts.load->lines) {
      if (line.source == deny_file_path) modules.insert(line.name);
    }
  }
  return modules;
}

bool is_observed(const Facts& facts) {
  return facts.policy && facts.policy->deny.everything_else &&
         facts.policy->keep.mode == KeepMode::observe;
}

}  // namespace

bool has_news_to_observe(const UsageRecord& record, const Facts& facts) {
  if (!is_observed(facts) || !record.observed_since || !facts.loaded) return false;
  const std::set<std::string> known = known_to(record);
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

Facts without_opened(Facts facts, const UsageRecord& record) {
  std::set<std::string> no_use = opened(facts);
  for (const std::string& module : known_to(record)) no_use.erase(module);
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
