// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/freeze_host.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <thread>
#include <utility>

#include "analyze/auditd/event_origins.hpp"
#include "analyze/auditd/late_loads.hpp"
#include "analyze/policy/readiness.hpp"
#include "app/auditd/unrecorded_loads.hpp"
#include "collect/auditd/audit_log.hpp"
#include "collect/auditd/later_loads.hpp"
#include "collect/collect.hpp"
#include "collect/kernel/kernel_log.hpp"
#include "model/check.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

using std::chrono::seconds;

constexpr seconds look_again{5};
constexpr seconds quiet_enough{60};
constexpr seconds most_patience{15 * 60};

Result<FreezeLevel> level_of(const FreezeOptions& options, const Facts& facts) {
  if (options.level.empty() && facts.policy)
    return facts.policy->freeze.level.value_or(FreezeLevel::all);
  if (options.level.empty()) return FreezeLevel::all;
  const auto level = std::ranges::find(all_freeze_levels, options.level,
                                       [](FreezeLevel one) { return to_string(one); });
  if (level == all_freeze_levels.end())
    return failure(ErrorKind::usage, "--level", "not one of signatures, lockdown, all");
  return *level;
}

void add_late_loads(const Root& root, Readiness& readiness) {
  const auto started = collect_boot_time(root);
  if (!started) return;
  EventOrigins origins;
  const auto log = collect_audit_log(root, *started, origins);
  if (!log) readiness.unseen.push_back(unseen_because(log.error()));
  if (const auto unrecorded = unrecorded_loads(root)) readiness.unseen.push_back(*unrecorded);
  std::ranges::move(late_loads(log, *started), std::back_inserter(readiness.afterwards));
}

std::size_t loaded_count(const ObservedHost& observed) {
  return observed.facts.loaded ? observed.facts.loaded->size() : 0;
}

}  // namespace

Result<ObservedHost> observe_host(const Root& root, const FreezeOptions& options) {
  const CollectScope scope{.files = FileScope::loaded,
                           .parts = {Part::signatures, Part::indexes, Part::posture, Part::masked,
                                     Part::load_config, Part::changes},
                           .now = options.check ? time_of_looking() : time_of_change(),
                           .jobs = options.jobs};
  auto facts = collect(root, scope);
  if (!facts) return std::unexpected(facts.error());
  const auto level = level_of(options, *facts);
  if (!level) return std::unexpected(level.error());
  if (lacks_module_support(*facts))
    return failure(ErrorKind::unsupported, "freeze", std::string(no_module_support));
  Readiness readiness = judge_readiness(*facts, *level, collect_later_loads(root));
  if (*level == FreezeLevel::all && options.check) add_late_loads(root, readiness);
  std::erase_if(readiness.missing, [&](const FreezeConcern& concern) {
    return std::ranges::find(options.overrides, concern.module) != options.overrides.end();
  });
  return ObservedHost{std::move(*facts), std::move(readiness)};
}

Result<ObservedHost> wait_until_ready(const Root& root, const FreezeOptions& options) {
  auto observed = observe_host(root, options);
  seconds quiet{0};
  for (seconds waited{0}; observed && waited < most_patience; waited += look_again) {
    const bool ready = observed->readiness.is_ready() && quiet >= quiet_enough;
    if (ready || observed->readiness.is_frozen) return observed;
    std::this_thread::sleep_for(look_again);
    auto next = observe_host(root, options);
    if (!next) return next;
    quiet = loaded_count(*next) == loaded_count(*observed) ? quiet + look_again : seconds{0};
    observed = std::move(next);
  }
  return observed;
}

}  // namespace kmodsec
