// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/package_version.hpp"

#include <array>
#include <string_view>

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

/// Each older than the next, as `dpkg --compare-versions` says.
constexpr std::array<std::string_view, 19> ascending = {"5.15.0-101.111~20.04.1",
                                                        "5.15.0-101.111",
                                                        "6.1~rc3-1~exp1",
                                                        "6.1",
                                                        "6.1a",
                                                        "6.1+b",
                                                        "6.1.0-57",
                                                        "6.1.76-1",
                                                        "6.1.192-2",
                                                        "6.1.192-3",
                                                        "6.1.192-3+b1",
                                                        "6.1.1000-1",
                                                        "6.12.63-1~bpo12+1",
                                                        "6.12.63-1",
                                                        "6.12.63+1",
                                                        "6.12.117-1~deb12u1",
                                                        "6.12.117-1",
                                                        "7.0-1~exp1",
                                                        "1:6.0-1"};

TEST(PackageVersion, OrdersAsDpkg) {
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      EXPECT_EQ(compare_package_versions(ascending.at(i), ascending.at(j)), i <=> j)
          << ascending.at(i) << " and " << ascending.at(j);
    }
  }
}

TEST(PackageVersion, TakesNoHeedOfLeadingZerosAndOfTheFirstEpoch) {
  EXPECT_EQ(compare_package_versions("6.01", "6.1"), std::strong_ordering::equal);
  EXPECT_EQ(compare_package_versions("0:6.1", "6.1"), std::strong_ordering::equal);
  EXPECT_EQ(compare_package_versions("6.1-0", "6.1"), std::strong_ordering::equal);
}

}  // namespace
}  // namespace kmodsec
