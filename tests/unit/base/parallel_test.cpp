// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/parallel.hpp"

#include <gtest/gtest.h>

#include <new>

namespace kmodsec {
namespace {

TEST(ParallelFor, DoesEachOnce) {
  std::vector<std::atomic<int>> done(1000);
  parallel_for(done.size(), 4, [&](std::size_t i) { ++done[i]; });
  for (const auto& count : done) EXPECT_EQ(count, 1);
}

/// Out of a thread it would be the end of the program.
TEST(ParallelFor, WhatIsThrownComesOutOfTheCall) {
  EXPECT_THROW(parallel_for(1000, 4, [](std::size_t) { throw std::bad_alloc(); }), std::bad_alloc);
}

}  // namespace
}  // namespace kmodsec
