// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/usage/boot_clock.hpp"

#include <algorithm>

#include "analyze/usage/requesters.hpp"

namespace kmodsec {
namespace {

/// Moves the times of an interval that a wrong clock gave to the end of it.
class WrongTimes {
 public:
  WrongTimes(std::int64_t first, std::int64_t last, std::int64_t booted)
      : first_(first), last_(last), booted_(booted) {}

  void mend(std::int64_t& time) const {
    if (time >= first_ && time <= last_) time = std::max(time, booted_);
  }

  template <class Used>
  void mend(std::vector<Used>& list) const {
    for (Used& used : list) {
      mend(used.first_seen);
      mend(used.last_seen);
    }
  }

 private:
  std::int64_t first_;
  std::int64_t last_;
  std::int64_t booted_;
};

}  // namespace

UsageRecord with_boot_time(UsageRecord record, const Facts& facts, std::int64_t booted) {
  if (!facts.host.boot_id) return record;
  const std::string id = usage_text(*facts.host.boot_id);
  const auto boot = std::ranges::find(record.boots, id, &RecordedBoot::id);
  if (boot == record.boots.end()) return record;
  booted = std::min(booted, facts.time);
  if (boot->first_seen >= booted) return record;
  const WrongTimes wrong(boot->first_seen, boot->last_seen, booted);
  wrong.mend(boot->first_seen);
  wrong.mend(boot->last_seen);
  wrong.mend(record.modules);
  wrong.mend(record.stopped);
  if (record.observed_since) wrong.mend(*record.observed_since);
  return record;
}

}  // namespace kmodsec
