// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/system_log.hpp"

#include <syslog.h>

namespace kmodsec {

void log_notice(const std::string& text) {
  ::openlog("kmodsec", LOG_PID, LOG_AUTHPRIV);
  ::syslog(LOG_NOTICE, "%s", text.c_str());
  ::closelog();
}

}  // namespace kmodsec
