// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/modules/spelt_patterns.hpp"

#include <gtest/gtest.h>

namespace kmodsec::test {
namespace {

TEST(SpeltPatterns, AreThoseOfTheText) {
  const std::vector<AliasEntry> text = {
      {"net-pf-10", "ipv6"}, {"net-pf_10", "other"}, {"fs_x", "x"}};
  const SpeltPatterns spelt(text);
  EXPECT_EQ(spelt.of("net_pf_10"), "net-pf-10") << "the first that has a dash";
  EXPECT_EQ(spelt.of("fs_x"), "fs_x");
  EXPECT_EQ(spelt.of("unknown"), "unknown");
}

}  // namespace
}  // namespace kmodsec::test
