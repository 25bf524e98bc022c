// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>

namespace kmodsec {

/// One line on a terminal's stderr that tells how far a long run is. It appears after a second and
/// goes away at the end; where stderr is no terminal, nothing is written. Safe to share among
/// threads.
class Progress {
 public:
  explicit Progress(bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void tell(std::size_t done, std::size_t all);

 private:
  using Clock = std::chrono::steady_clock;

  bool on_terminal_;
  bool shown_ = false;
  Clock::time_point next_;
  std::mutex mutex_;
};

}  // namespace kmodsec
