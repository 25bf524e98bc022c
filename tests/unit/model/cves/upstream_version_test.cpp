// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/cves/upstream_version.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(UpstreamVersion, TellsMainlineAndStable) {
  const auto stable = parse_upstream_version("6.1.192-2");
  ASSERT_TRUE(stable);
  EXPECT_EQ(stable->mainline, (UpstreamVersion::Mainline{6, 1, 0}));
  EXPECT_EQ(stable->patch, 192U);
  EXPECT_EQ(stable->branch(), "6.1");
  EXPECT_FALSE(parse_upstream_version("6.1")->patch);
}

TEST(UpstreamVersion, KnowsThatBeforeThreeTheMainlineHadThreeNumbers) {
  const auto old = parse_upstream_version("2.6.32.5");
  ASSERT_TRUE(old);
  EXPECT_EQ(old->mainline, (UpstreamVersion::Mainline{2, 6, 32}));
  EXPECT_EQ(old->patch, 5U);
  EXPECT_EQ(old->branch(), "2.6.32");
  EXPECT_FALSE(parse_upstream_version("2.6.32")->patch);
}

TEST(UpstreamVersion, TellsReleaseCandidates) {
  EXPECT_TRUE(parse_upstream_version("7.2.0-rc3-next")->release_candidate);
  EXPECT_TRUE(parse_upstream_version("7.2-rc1")->release_candidate);
  EXPECT_FALSE(parse_upstream_version("6.12.5-200.fc41.x86_64")->release_candidate);
}

TEST(UpstreamVersion, RefusesWhatIsNone) {
  for (const char* text : {"", "6", "x.y", "-1.2", "6.", "99999999999.1"})
    EXPECT_FALSE(parse_upstream_version(text)) << text;
}

}  // namespace
}  // namespace kmodsec
