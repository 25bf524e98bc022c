// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/auditd/module_event.hpp"
#include "model/kernel/kernel.hpp"

namespace kmodsec {

/// Which events are wanted. A user's time is in seconds since 1970-01-01T00:00:00Z.
struct EventFilter {
  std::int64_t since = 0;
  std::int64_t until = 0;            ///< 0: until now.
  std::vector<std::string> modules;  ///< Normalised; empty: all.
  bool failed = false;               ///< Only those that failed.
};

bool wants(const EventFilter& filter, const ModuleEvent& event);

/// Adds what the kernel said to the events, which are in the order of time, of the same module at
/// the same time. What no audit
/// record tells of becomes an event of its own. Times in the log are counted from `boot_time`.
void join_kernel_log(const std::vector<KernelLogLine>& lines, std::int64_t boot_time,
                     std::vector<ModuleEvent>& events);

/// The counts are by module, and by the user who had logged in ("tester", "1000", or the origin
/// where there was none).
std::map<std::string, EventCounts> count_by_module(const std::vector<ModuleEvent>& events);
std::map<std::string, EventCounts> count_by_user(const std::vector<ModuleEvent>& events);

}  // namespace kmodsec
