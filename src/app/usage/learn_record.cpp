// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "analyze/usage/boot_clock.hpp"
#include "analyze/usage/observe_usage.hpp"
#include "analyze/usage/record_usage.hpp"
#include "analyze/usage/successors.hpp"
#include "analyze/work.hpp"
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
  const bool has_log = facts.events || facts.events.error().kind != ErrorKind::not_found;
  if (has_log) note_unseen(facts.events, unseen);
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

/// Times since the newest recording of which the audit log has nothing. A host that has no record
/// yet begins with what is loaded.
void note_gaps_of_log(const UsageRecord& record, const Facts& facts, std::vector<Unseen>& unseen) {
  if (!facts.events || record.boots.empty()) return;
  const std::int64_t since = std::ranges::max(record.boots, {}, &RecordedBoot::last_seen).last_seen;
  for (const AuditLogGap& gap : facts.events->gaps) {
    if (gap.until > since) unseen.push_back({"loads in between", gap.why});
  }
}

/// What is read of a host for a recording before the record is held: others wait for that.
struct Sighting {
  Facts facts;
  Facts used;  ///< Without what was opened.
  Seen<std::optional<std::int64_t>> booted;
  Result<Facts> watched;
  Result<std::optional<Facts>> kernels;
};

/// As it is before it is held. What makes it unreadable is an error once it is.
UsageRecord record_before(const Facts& facts, const LearnOptions& options) {
  return (options.store.empty() ? facts.usage : read_record(options)).value_or(UsageRecord{});
}

Sighting sighting_of(Facts facts, const LearnOptions& options) {
  const UsageRecord before = record_before(facts, options);
  Facts used = without_opened(facts, before);
  auto watched = facts_to_observe(before, used, options);
  auto kernels = kernels_to_follow(before, facts, options);
  return {std::move(facts), std::move(used), boot_time_of(options), std::move(watched),
          std::move(kernels)};
}

UsageRecord with_followers(UsageRecord record, const Sighting& seen, std::vector<Unseen>& unseen) {
  if (!seen.kernels) unseen.push_back(unseen_because(seen.kernels.error()));
  if (!seen.kernels || !*seen.kernels) return record;
  try {
    return with_successors(record, **seen.kernels);
  } catch (const TooMuchWork& problem) {
    unseen.push_back(unseen_because(problem.error()));
    return record;
  }
}

UsageRecord observed(UsageRecord record, const Sighting& seen, std::vector<Unseen>& unseen) {
  if (!seen.watched) {
    unseen.push_back(unseen_because(seen.watched.error()));
    return observed_anew(std::move(record), seen.facts);
  }
  Observation observation = with_observation(std::move(record), *seen.watched);
  std::ranges::move(observation.unseen, std::back_inserter(unseen));
  return std::move(observation.record);
}

/// What could not be observed or followed is recorded all the same.
UsageRecord recorded(const UsageRecord& old, const Sighting& seen, std::vector<Unseen>& unseen) {
  note_gaps_of_log(old, seen.facts, unseen);
  note_unseen(seen.booted, unseen);
  UsageRecord record =
      seen.booted && *seen.booted ? with_boot_time(old, seen.facts, **seen.booted) : old;
  record = with_followers(std::move(record), seen, unseen);
  record = observed(std::move(record), seen, unseen);
  return with_sighting(std::move(record), seen.used);
}

}  // namespace

Result<Answer> learn_record(const LearnOptions& options, const Style& style) {
  auto facts = read_machine(options, scope_of_sighting());
  if (!facts) return std::unexpected(facts.error());
  if (!facts->loaded) return std::unexpected(facts->loaded.error());
  facts->time = time_of_recording(options);
  const Sighting seen = sighting_of(std::move(*facts), options);
  RecordReport report{.unseen = unseen_of_sighting(seen.facts)};
  const auto record = change_record(options, [&](const UsageRecord& old) -> Result<UsageRecord> {
    if (auto ours = is_of_host(old, seen.facts); !ours) return std::unexpected(ours.error());
    if (is_clock_behind(old, seen.facts))
      report.notes.emplace_back("the clock is behind the record: it was set back, or is wrong now");
    UsageRecord now = recorded(old, seen, report.unseen);
    report.added = names_only_in(now, old);
    return now;
  });
  if (!record) return std::unexpected(record.error());
  report.record = *record;
  return answer_of_change(report, options, seen.facts, style);
}

}  // namespace kmodsec
