// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/observe_usage.hpp"

#include <set>
#include <span>
#include <string>
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

bool is_observed(const Policy& policy) {
  return policy.deny.everything_else && policy.keep.mode == KeepMode::observe;
}

}  // namespace

UsageRecord with_observation(UsageRecord record, const Facts& facts) {
  if (!facts.policy) return record;
  if (!facts.policy->deny.everything_else) {
    record.observed_since.reset();
    record.stopped.clear();
  }
  if (!is_observed(*facts.policy) || record.is_empty()) return record;
  const std::set<std::string> kept = kept_before(record, facts);
  return with_stopped(std::move(record), facts, kept);
}

}  // namespace kmodsec
