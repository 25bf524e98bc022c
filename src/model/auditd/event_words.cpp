// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/auditd/event_words.hpp"

#include <algorithm>
#include <system_error>
#include <tuple>

namespace kmodsec {

std::string_view to_string(EventAction action) {
  return action == EventAction::load ? "load" : "unload";
}

std::string_view to_string(EventOrigin origin) {
  switch (origin) {
    case EventOrigin::user: return "user";
    case EventOrigin::autoload: return "autoload";
    case EventOrigin::boot: return "boot";
    case EventOrigin::daemon: break;
  }
  return "daemon";
}

std::string_view to_string(EventSource source) {
  switch (source) {
    case EventSource::none: return "none";
    case EventSource::record: return "record";
    case EventSource::command: break;
  }
  return "command";
}

void sort_by_time(std::vector<ModuleEvent>& events) {
  std::ranges::stable_sort(events, {}, [](const ModuleEvent& event) {
    return std::tuple(event.time, event.milliseconds, event.serial);
  });
}

bool is_failed(const ModuleEvent& event) { return event.error.value_or(0) != 0; }

std::string result_of(const ModuleEvent& event) {
  if (!event.error) return "unknown";
  if (*event.error == 0) return "success";
  return "rejected: " + std::generic_category().message(*event.error);
}

std::string who(const ModuleEvent& event) {
  if (!event.auid.name.empty()) return event.auid.name;
  if (event.auid.id) return std::to_string(*event.auid.id);
  return event.origin ? std::string(to_string(*event.origin)) : "unknown";
}

}  // namespace kmodsec
