// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/kernel_origin.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

const Distribution unknown_distribution;

Distribution distribution(const std::string& id, std::vector<std::string> like = {}) {
  return {id, std::move(like), ""};
}

TEST(KernelOrigin, ReadsDebiansVersionFromTheBannerAndNotFromTheRelease) {
  const auto origin =
      origin_of("6.1.0-56-amd64", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-14)",
                distribution("debian"));
  EXPECT_EQ(origin.vendor, "Debian");
  ASSERT_TRUE(origin.upstream);
  EXPECT_EQ(origin.upstream->patch, 192U);
}

TEST(KernelOrigin, TellsTheVersionOfThePackage) {
  EXPECT_EQ(
      origin_of("6.1.0-56-amd64", "#1 SMP Debian 6.1.192-2 (2026-11-14)", unknown_distribution)
          .package,
      "6.1.192-2");
  const auto ubuntu = origin_of("5.15.0-101-generic", "#111~20.04.1-Ubuntu SMP Tue Mar 5", {});
  EXPECT_EQ(ubuntu.package, "5.15.0-101.111~20.04.1");
  EXPECT_EQ(ubuntu.flavour, "generic");
  EXPECT_EQ(origin_of("5.15.0", "#111-Ubuntu SMP", {}).package, "");
  EXPECT_EQ(origin_of("5.14.0-427.13.1.el9_4.x86_64", "#1 SMP", {}).package,
            "5.14.0-427.13.1.el9_4");
  EXPECT_EQ(origin_of("6.12.5-arch1-1", "#1 SMP", {}).package, "");
}

TEST(KernelOrigin, LeavesAnEpochOut) {
  const auto origin =
      origin_of("6.6.51+rpt-rpi-v8", "#1 SMP PREEMPT Debian 1:6.6.51-1+rpt3 (2024-10-08)",
                distribution("debian"));
  ASSERT_TRUE(origin.upstream);
  EXPECT_EQ(origin.upstream->patch, 51U);
}

TEST(KernelOrigin, DoesNotGuessADebianWithoutItsBanner) {
  const auto origin = origin_of("6.1.0-56-amd64", "", distribution("debian"));
  EXPECT_FALSE(origin.upstream);
  EXPECT_NE(origin.why_not, "");
  EXPECT_EQ(origin.ask, "");
}

TEST(KernelOrigin, TellsNothingByTheVersionOfAFixedBase) {
  const auto cannot = [](std::string_view release, std::string_view banner,
                         const Distribution& of) {
    const auto origin = origin_of(release, banner, of);
    EXPECT_FALSE(origin.upstream) << release;
    EXPECT_NE(origin.ask, "") << release;
  };
  cannot("5.14.0-503.14.1.el9_5.x86_64", "#1 SMP", distribution("rocky", {"rhel"}));
  cannot("6.8.0-48-generic", "#48-Ubuntu SMP", distribution("ubuntu", {"debian"}));
  cannot("6.8.12-4-pve", "#1 SMP PMX 6.8.12-4", distribution("debian"));
  cannot("5.15.0-300.163.18.el9uek.x86_64", "#2 SMP", distribution("ol"));
  cannot("6.4.0-150600.23.25-default", "#1 SMP", distribution("sles"));
  cannot("6.1.75-android14-11", "#1 SMP", unknown_distribution);
}

TEST(KernelOrigin, TakesTheReleaseOfThoseThatFollowAStableBranch) {
  const auto patch_of = [](std::string_view release, const Distribution& of) {
    const auto origin = origin_of(release, "#1 SMP", of);
    return origin.upstream ? origin.upstream->patch.value_or(0) : 0;
  };
  EXPECT_EQ(patch_of("6.12.5-200.fc41.x86_64", distribution("fedora")), 5U);
  EXPECT_EQ(patch_of("6.12.7-arch1-1", distribution("arch")), 7U);
  EXPECT_EQ(patch_of("6.6.60-0-lts", distribution("alpine")), 60U);
  EXPECT_EQ(patch_of("6.12.9", unknown_distribution), 9U);
}

TEST(KernelOrigin, TellsNothingOfAReleaseCandidate) {
  const auto origin = origin_of("7.2.0-rc3", "#1 SMP", unknown_distribution);
  EXPECT_FALSE(origin.upstream);
  EXPECT_TRUE(origin.why_not.contains("candidate"));
}

TEST(KernelOrigin, TakesTheImagesBannerOfAKernelThatDoesNotRun) {
  Facts facts;
  facts.distribution = distribution("debian");
  ModuleTree tree;
  tree.release = "6.1.0-50-amd64";
  tree.image = KernelImageFile{
      .version =
          "6.1.0-50-amd64 (debian-kernel@lists.debian.org) #1 SMP Debian 6.1.180-1 (2026-02-01)"};
  const auto origin = origin_of(facts, tree);
  ASSERT_TRUE(origin.upstream);
  EXPECT_EQ(origin.upstream->patch, 180U);
}

}  // namespace
}  // namespace kmodsec
