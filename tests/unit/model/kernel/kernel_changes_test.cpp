// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/kernel/kernel_changes.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(KernelSeries, IsTheFirstTwoNumbersOfARelease) {
  EXPECT_EQ(kernel_series("6.12.5-200.fc41.x86_64"), 6012U);
  EXPECT_EQ(kernel_series("7.3"), 7003U);
  EXPECT_EQ(kernel_series("5.10-rc1"), 5010U);
  EXPECT_EQ(kernel_series("7.99999999999999999999"), 7999U);
  for (const auto* none : {"", "linux", "7", "0.1", ".6"})
    EXPECT_EQ(kernel_series(none), 0U) << none;
}

TEST(KernelChange, ComesWithItsSeries) {
  EXPECT_FALSE(has_change(6013, KernelChange::binfmt_gone));
  EXPECT_TRUE(has_change(6014, KernelChange::binfmt_gone));
  EXPECT_FALSE(has_change(7002, KernelChange::af_alg_is_restricted));
  EXPECT_TRUE(has_change(7003, KernelChange::af_alg_is_restricted));
  EXPECT_FALSE(has_change(0, KernelChange::lockdown_module)) << "no version is told";
}

}  // namespace
}  // namespace kmodsec
