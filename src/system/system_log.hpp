// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

namespace kmodsec {

/// A line in the log of the system (syslog(3), which systemd's journal takes), of the facility for
/// security messages that only root may read.
void log_notice(const std::string& text);

}  // namespace kmodsec
