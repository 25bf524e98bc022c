// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/auditd/module_events.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "model/auditd/event_words.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

/// Both logs stamp by clocks that are set apart by as much.
constexpr std::int64_t same_time = 2;

/// The kernel begins what it says of a module with its name (linux: kernel/module/main.c).
std::string module_of(std::string_view text) {
  const std::size_t colon = text.find(": ");
  if (colon == std::string_view::npos || !is_module_name(text.substr(0, colon))) return {};
  return normalized_module_name(text.substr(0, colon));
}

/// What is said of a module that has no name yet: a signature is looked at first.
bool is_of_nameless(std::string_view text) {
  return text.starts_with("Loading of ") || text.starts_with("Lockdown: ");
}

/// Drivers say much of themselves later on. These lines come with the load alone.
bool is_of_a_load(std::string_view text) {
  constexpr std::array<std::string_view, 6> words = {
      "taints kernel",      "tainting kernel", "module verification failed",
      "staging directory,", "version magic",   "disagrees about version of symbol"};
  return is_of_nameless(text) || std::ranges::any_of(words, [&](std::string_view word) {
           return text.find(word) != std::string_view::npos;
         });
}

/// A device that is not there, or a module that is, is no reason to say anything.
bool is_refusal(int error) {
  return error != 0 && error != ENODEV && error != EEXIST && error != ENOENT;
}

/// Events that a line of the kernel's log may be about, by the module and the second. One without
/// a module, "", is about any that was refused.
class EventsInTime {
 public:
  void add(std::size_t number, const ModuleEvent& event) {
    if (event.action != EventAction::load) return;
    if (!event.module.empty()) first_.try_emplace({event.module, event.time}, number);
    if (is_refusal(event.error.value_or(0))) first_.try_emplace({"", event.time}, number);
  }

  /// The first of those that are nearest in time; nothing where none is near.
  std::optional<std::size_t> nearest(std::int64_t time, const std::string& module) const {
    for (std::int64_t away = 0; away <= same_time; ++away) {
      for (const std::int64_t second : {time - away, time + away}) {
        const auto found = first_.find({module, second});
        if (found != first_.end()) return found->second;
      }
    }
    return std::nullopt;
  }

 private:
  std::map<std::pair<std::string, std::int64_t>, std::size_t> first_;
};

void count(EventCounts& counts, const ModuleEvent& event) {
  if (is_failed(event))
    ++counts.failed;
  else
    ++(event.action == EventAction::load ? counts.loads : counts.unloads);
}

}  // namespace

bool wants(const EventFilter& filter, const ModuleEvent& event) {
  if (event.time < filter.since || (filter.until != 0 && event.time > filter.until)) return false;
  if (filter.failed && !is_failed(event)) return false;
  return filter.modules.empty() || std::ranges::count(filter.modules, event.module) > 0;
}

void join_kernel_log(const std::vector<KernelLogLine>& lines, std::int64_t boot_time,
                     std::vector<ModuleEvent>& events) {
  EventsInTime known;
  for (std::size_t i = 0; i < events.size(); ++i) known.add(i, events[i]);
  EventsInTime others;
  for (const KernelLogLine& line : lines) {
    const std::string module = module_of(line.text);
    if (module.empty() && !is_of_nameless(line.text)) continue;
    const std::int64_t time = boot_time + static_cast<std::int64_t>(line.microseconds / 1'000'000);
    auto event = known.nearest(time, module);
    if (!event) event = others.nearest(time, module);
    if (!event && is_of_a_load(line.text)) {
      event = events.size();
      events.push_back(ModuleEvent{.time = time, .module = module});
      if (!module.empty()) events.back().module_from = EventSource::record;
      others.add(*event, events.back());
    }
    if (event) events[*event].kernel_log.push_back(line.text);
  }
  sort_by_time(events);
}

std::map<std::string, EventCounts> count_by_module(const std::vector<ModuleEvent>& events) {
  std::map<std::string, EventCounts> counts;
  for (const ModuleEvent& event : events) count(counts[event.module], event);
  return counts;
}

std::map<std::string, EventCounts> count_by_user(const std::vector<ModuleEvent>& events) {
  std::map<std::string, EventCounts> counts;
  for (const ModuleEvent& event : events) count(counts[who(event)], event);
  return counts;
}

}  // namespace kmodsec
