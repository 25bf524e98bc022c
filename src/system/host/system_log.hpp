// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

namespace kmodsec {

/// A line in the log of the system (syslog(3), which systemd's journal takes), of the facility for
/// security messages that only root may read. The lower the priority, the graver.
void write_system_log(int priority, const std::string& text);

inline constexpr int notice_priority = 5;  ///< LOG_NOTICE.

}  // namespace kmodsec
