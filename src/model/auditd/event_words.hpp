// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/auditd/module_event.hpp"

namespace kmodsec {

/// The words of the JSON documents.
std::string_view to_string(EventAction action);
std::string_view to_string(EventOrigin origin);
std::string_view to_string(EventSource source);

/// Sorts by time, then in the order in which the kernel numbered them.
void sort_by_time(std::vector<ModuleEvent>& events);

/// The kernel refused.
bool is_failed(const ModuleEvent& event);

/// "success", "unknown", or what the kernel's refusal means: "key was rejected by service".
std::string result_of(const ModuleEvent& event);

/// The user who had logged in, else the origin.
std::string who(const ModuleEvent& event);

}  // namespace kmodsec
