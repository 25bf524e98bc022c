// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/auditd/module_event.hpp"
#include "model/facts.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// What entered and left the kernel, as text, as one document, or as one for each event behind
/// a head.
std::string print_events_text(const EventReport& report, const Style& style);
std::string print_events_json(const EventReport& report, const Facts& facts);
std::string print_events_ndjson(const EventReport& report, const Facts& facts);

/// What goes before those that are printed one by one.
std::string print_events_head(const Facts& facts);

/// A single one, as it comes.
std::string print_event_text(const ModuleEvent& event, const Style& style);
std::string print_event_ndjson(const ModuleEvent& event);

}  // namespace kmodsec
