// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/host/work_end.hpp"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>

namespace kmodsec {
namespace {

int code_at_end = 0;

void end(int) {
  constexpr std::string_view line =
      "kmodsec: gave up: this took more than twice the work that --limit seconds=N allows\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
  ::_exit(code_at_end);
}

}  // namespace

void end_work_after(std::uint64_t seconds, int exit_code) {
  constexpr std::uint64_t a_year = 366ULL * 24 * 60 * 60;
  code_at_end = exit_code;
  struct sigaction action{};
  action.sa_handler = end;
  if (::sigaction(SIGPROF, &action, nullptr) != 0) return;
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(std::min(seconds, a_year));
  ::setitimer(ITIMER_PROF, &timer, nullptr);
}

}  // namespace kmodsec
