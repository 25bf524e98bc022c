// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string>

#include "model/check.hpp"

namespace kmodsec {

/// Whether an event is one that a check looks for.
using FindEvent = std::function<bool(const ModuleEvent&)>;

/// One finding for each module with such events, which names the last of them. Without an audit log
/// nothing applies where auditd is not installed; what could not be read is unseen.
Verdict judge_events(const Facts& facts, const FindEvent& find, const std::string& message);

}  // namespace kmodsec
