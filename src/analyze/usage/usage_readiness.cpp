// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/usage_readiness.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"

namespace kmodsec {
namespace {

constexpr std::int64_t day = 24L * 3600;
constexpr std::size_t most_names = 5;

std::string days_in_words(std::int64_t seconds) {
  if (seconds < day) return count_of(static_cast<std::size_t>(seconds / 3600), "hour");
  return count_of(static_cast<std::size_t>(seconds / day), "day");
}

/// Times of a record come from a clock that anybody may have set, and from a file.
std::int64_t seconds_between(std::int64_t from, std::int64_t to) {
  if (from < 0 || to < from) return 0;
  return to - from;
}

/// From the first boot that fed the record to what was seen last.
std::pair<std::int64_t, std::int64_t> span_of(const UsageRecord& record) {
  std::int64_t first = std::numeric_limits<std::int64_t>::max();
  std::int64_t last = 0;
  for (const RecordedBoot& boot : record.boots) {
    first = std::min(first, boot.first_seen);
    last = std::max(last, boot.last_seen);
  }
  return record.boots.empty() ? std::pair<std::int64_t, std::int64_t>{0, 0}
                              : std::pair{first, last};
}

class Judge {
 public:
  Judge(const Facts& facts, const UsageRecord& record) : facts_(facts), record_(record) {}

  UsageReadiness judge() && {
    is_of_this_host();
    if (record_.is_empty())
      add("nothing is recorded on this host yet: 'kmodsec learn record' begins the record");
    else if (answer_.reasons.empty())
      answer_.has_own_record = true;
    if (!record_.is_empty()) is_long_enough();
    is_quiet();
    was_observed();
    answer_.ready = answer_.reasons.empty();
    return std::move(answer_);
  }

 private:
  void add(std::string reason) { answer_.reasons.push_back(std::move(reason)); }

  void is_of_this_host() {
    const Seen<std::string>& here = facts_.host.machine_id;
    if (record_.is_empty()) return;
    if (!here)
      return add("whether the record is of this host is not known: " + here.error().reason);
    if (record_.machine.empty() || record_.boots.empty())
      add("the record was only imported: 'kmodsec learn record' adds what this host uses");
    else if (record_.machine != *here)
      add("the record is of another host: its machine id differs");
  }

  void is_long_enough() {
    const auto [first, last] = span_of(record_);
    answer_.recorded = seconds_between(first, last);
    answer_.boots = record_.boots.size();
    if (answer_.recorded < least_recorded_seconds)
      add(fmt::format("the record covers {}, and {} are the least", days_in_words(answer_.recorded),
                      days_in_words(least_recorded_seconds)));
    if (answer_.boots < least_recorded_boots)
      add(fmt::format("the record has {}, and {} are the least", count_of(answer_.boots, "boot"),
                      least_recorded_boots));
    if (last > facts_.time)
      add(fmt::format("the clock was set back: the record goes on until {} UTC, and it is {} UTC",
                      utc_text(last), utc_text(facts_.time)));
  }

  /// What the mode "observe" would have stopped within the last week.
  void is_quiet() {
    answer_.observed_since = record_.observed_since;
    std::vector<std::string> names;
    for (const StoppedLoad& load : record_.stopped) {
      answer_.last_stopped = std::max(answer_.last_stopped.value_or(0), load.last_seen);
      if (load.last_seen > facts_.time - least_quiet_seconds) names.push_back(load.module);
    }
    if (names.empty()) return;
    add(fmt::format("{} would have been stopped in the last {}: {}",
                    count_of(names.size(), "module"), days_in_words(least_quiet_seconds),
                    first_few(names, most_names)));
  }

  /// A module whose first use nothing observed would have been stopped, for all that is known.
  void was_observed() {
    if (answer_.recorded < least_recorded_seconds) return;
    const std::int64_t observed = record_.observed_since.value_or(facts_.time);
    std::vector<std::string> names;
    for (const UsedModule& used : record_.modules) {
      const bool is_new = used.first_seen > facts_.time - least_quiet_seconds;
      if (used.boots > 0 && is_new && used.first_seen < observed) names.push_back(used.module);
    }
    if (names.empty()) return;
    add(
        fmt::format("{} came into use in the last {}, and whether that would have been stopped was "
                    "not observed: {}",
                    count_of(names.size(), "module"), days_in_words(least_quiet_seconds),
                    first_few(names, most_names)));
  }

  const Facts& facts_;
  const UsageRecord& record_;
  UsageReadiness answer_;
};

}  // namespace

UsageReadiness usage_readiness(const Facts& facts) {
  if (facts.usage) return Judge(facts, *facts.usage).judge();
  UsageReadiness answer;
  answer.reasons.push_back("the record could not be seen: " + facts.usage.error().reason);
  return answer;
}

}  // namespace kmodsec
