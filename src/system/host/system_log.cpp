// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/host/system_log.hpp"

#include <syslog.h>

namespace kmodsec {

static_assert(notice_priority == LOG_NOTICE);

void write_system_log(int priority, const std::string& text) {
  ::openlog("kmodsec", LOG_PID, LOG_AUTHPRIV);
  ::syslog(priority, "%s", text.c_str());
  ::closelog();
}

}  // namespace kmodsec
