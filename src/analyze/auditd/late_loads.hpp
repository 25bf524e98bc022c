// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "model/auditd/module_event.hpp"
#include "model/policy/readiness.hpp"

namespace kmodsec {

/// What came in after this host had started, and how long after: a freeze before would have kept
/// it out. `started` is the time of the boot, in seconds since 1970. Where there is no audit log,
/// that is said.
std::vector<FreezeConcern> late_loads(const Seen<EventLog>& events, std::int64_t started);

}  // namespace kmodsec
