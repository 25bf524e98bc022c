// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/pattern.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(Pattern, FitsAsAWhole) {
  EXPECT_TRUE(matches_pattern("snd_*", "snd_hda/x"));
  EXPECT_TRUE(matches_pattern("a[b-d]?", "acx"));
  EXPECT_FALSE(matches_pattern("snd", "snd_hda"));
}

}  // namespace
}  // namespace kmodsec
