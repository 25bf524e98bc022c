// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/progress.hpp"

#include <unistd.h>

#include <cstdio>

#include <fmt/format.h>

namespace kmodsec {
namespace {

constexpr std::chrono::milliseconds patience{1000};
constexpr std::chrono::milliseconds interval{100};

}  // namespace

Progress::Progress(bool quiet)
    : on_terminal_(!quiet && ::isatty(STDERR_FILENO) == 1), next_(Clock::now() + patience) {}

Progress::~Progress() {
  if (shown_) fmt::print(stderr, "\r\033[K");
}

void Progress::tell(std::size_t done, std::size_t all) {
  if (!on_terminal_) return;
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock || Clock::now() < next_) return;
  next_ = Clock::now() + interval;
  shown_ = true;
  fmt::print(stderr, "\r\033[K{} of {} module files", done, all);
}

}  // namespace kmodsec
