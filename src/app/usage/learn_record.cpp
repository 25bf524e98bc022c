// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "analyze/usage/boot_clock.hpp"
#include "analyze/usage/observe_usage.hpp"
#include "analyze/usage/record_usage.hpp"
#include "app/machine.hpp"
#include "app/usage/learn.hpp"
#include "app/usage/observe_host.hpp"
#include "app/usage/record_answer.hpp"
#include "app/usage/record_place.hpp"
#include "collect/kernel/kernel_log.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

constexpr std::int64_t longest_wait = 60;  // seconds

CollectScope scope_of_sighting() {
  return {.parts = {Part::users, Part::indexes, Part::load_config, Part::posture, Part::auditd,
                    Part::usage}};
}

/// What was loaded and is not in the list, or was loaded in between and could not be read.
std::vector<Unseen> unseen_of_sighting(const Facts& facts) {
  std::vector<Unseen> unseen = facts.unseen_loaded;
  const bool is_log_closed = !facts.events && facts.events.error().kind == ErrorKind::denied;
  if (is_log_closed) note_unseen(facts.events, unseen);
  if (facts.events) std::ranges::copy(facts.events->unseen, std::back_inserter(unseen));
  return unseen;
}

/// When the boot began; nothing for a tree that has no such time.
Seen<std::optional<std::int64_t>> boot_time_of(const LearnOptions& options) {
  const auto root = open_machine(options);
  if (!root) return std::unexpected(root.error());
  const auto time = collect_boot_time(**root);
  if (time) return *time;
  if (time.error().kind == ErrorKind::not_found) return std::nullopt;
  return std::unexpected(time.error());
}

/// Another run may have recorded while this one waited for it.
bool is_clock_behind(const UsageRecord& record, const Facts& facts) {
  return std::ranges::any_of(record.boots, [&](const RecordedBoot& boot) {
    return boot.last_seen > facts.time + longest_wait;
  });
}

}  // namespace

/// The whole host is read before the record is held: others wait for that. What could not be
/// observed is recorded all the same.
Result<Answer> learn_record(const LearnOptions& options, const Style& style) {
  const auto facts = read_machine(options, scope_of_sighting());
  if (!facts) return std::unexpected(facts.error());
  if (!facts->loaded) return std::unexpected(facts->loaded.error());
  RecordReport report{.unseen = unseen_of_sighting(*facts)};
  const auto booted = boot_time_of(options);
  note_unseen(booted, report.unseen);
  const UsageRecord before = read_record(options).value_or(UsageRecord{});
  const Facts used = without_opened(*facts, before);
  const auto watched = facts_to_observe(before, used, options);
  if (!watched) report.unseen.push_back(unseen_because(watched.error()));
  const auto record = change_record(options, [&](const UsageRecord& old) -> Result<UsageRecord> {
    if (auto ours = is_of_host(old, *facts); !ours) return std::unexpected(ours.error());
    if (is_clock_behind(old, *facts))
      report.notes.emplace_back("the clock is behind the record: it was set back, or is wrong now");
    Observation observation{old, {}};
    if (booted && *booted) observation.record = with_boot_time(old, *facts, **booted);
    if (watched) observation = with_observation(std::move(observation.record), *watched);
    std::ranges::move(observation.unseen, std::back_inserter(report.unseen));
    UsageRecord now = with_sighting(std::move(observation.record), used);
    report.added = names_only_in(now, old);
    return now;
  });
  if (!record) return std::unexpected(record.error());
  report.record = *record;
  return answer_of_change(report, options, *facts, style);
}

}  // namespace kmodsec
