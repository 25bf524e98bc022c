// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/late_loads.hpp"

#include <set>
#include <string_view>

#include <fmt/format.h>

#include "model/auditd/event_words.hpp"

namespace kmodsec {
namespace {

/// "3 h 12 min", "40 s".
std::string describe(std::int64_t seconds) {
  constexpr std::int64_t minute = 60;
  constexpr std::int64_t hour = 60 * minute;
  if (seconds < minute) return fmt::format("{} s", seconds);
  if (seconds < hour) return fmt::format("{} min", seconds / minute);
  return fmt::format("{} h {} min", seconds / hour, seconds % hour / minute);
}

bool is_late(const ModuleEvent& event, std::int64_t started) {
  return event.action == EventAction::load && event.error == 0 && !event.at_boot &&
         event.time >= started && !event.module.empty();
}

}  // namespace

std::vector<FreezeConcern> late_loads(const Seen<EventLog>& events, std::int64_t started) {
  if (!events)
    return {{{}, "what was asked for since the boot is not known: " + to_string(events.error())}};
  std::vector<FreezeConcern> concerns;
  std::set<std::string_view> known;
  for (const ModuleEvent& event : events->events) {
    if (!is_late(event, started) || !known.insert(event.module).second) continue;
    concerns.push_back({event.module, fmt::format("was loaded {} after the boot, by {}",
                                                  describe(event.time - started), who(event))});
  }
  return concerns;
}

}  // namespace kmodsec
