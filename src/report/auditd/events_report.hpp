// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/auditd/module_event.hpp"
#include "model/kernel/kernel.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// What entered and left the kernel, as text, as one document, or as one for each event.
std::string print_events_text(const EventReport& report, const Style& style);
std::string print_events_json(const EventReport& report, const KernelState& kernel);
std::string print_events_ndjson(const EventReport& report);

/// A single one, as it comes.
std::string print_event_text(const ModuleEvent& event, const Style& style);
std::string print_event_ndjson(const ModuleEvent& event);

}  // namespace kmodsec
