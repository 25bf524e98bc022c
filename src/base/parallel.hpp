// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace kmodsec {

/// Calls `work(i)` for each i in [0, count) on `jobs` threads, as many as there are processors
/// when it is 0, each index once. `work` must be safe to call at the same time for different
/// indexes. What it throws, memory that ran out say, comes out of the call, not out of a thread.
template <class Work>
void parallel_for(std::size_t count, unsigned jobs, Work work) {
  constexpr std::size_t worth_a_thread = 8;
  const std::size_t most = jobs > 0 ? jobs : std::max(1U, std::thread::hardware_concurrency());
  const std::size_t threads = std::min(most, count / worth_a_thread + 1);

  std::atomic<std::size_t> next = 0;
  std::once_flag failed;
  std::exception_ptr problem;
  const auto run = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      std::call_once(failed, [&] { problem = std::current_exception(); });
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < threads; ++i) helpers.emplace_back(run);
    run();
  }
  if (problem) std::rethrow_exception(problem);
}

}  // namespace kmodsec
