// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/host/cpu_time.hpp"

#include <ctime>

namespace kmodsec {

std::uint64_t cpu_seconds() {
  struct timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<std::uint64_t>(time.tv_sec);
}

}  // namespace kmodsec
