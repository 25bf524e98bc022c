// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/late_loads.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/event_words.hpp"

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
  for (const ModuleEvent& event : events->events) {
    const bool known =
        std::ranges::find(concerns, event.module, &FreezeConcern::module) != concerns.end();
    if (known || !is_late(event, started)) continue;
    concerns.push_back({event.module, fmt::format("was loaded {} after the boot, by {}",
                                                  describe(event.time - started), who(event))});
  }
  return concerns;
}

}  // namespace kmodsec
