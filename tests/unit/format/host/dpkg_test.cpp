// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/dpkg.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(Dpkg, BothNamesOfAPathAreOne) {
  EXPECT_EQ(package_path("/lib/modules/x"), "lib/modules/x");
  EXPECT_EQ(package_path("/usr/lib/modules/x"), "lib/modules/x");
  EXPECT_EQ(package_path("lib/modules/x"), "lib/modules/x");
}

TEST(Dpkg, ListsNameFilesOfModulesAndSources) {
  const auto paths = module_paths_of_list(
      "/.\n/lib\n/lib/modules\n/lib/modules/6.1/a.ko\n/usr/bin/x\n/usr/src/nv-1/dkms.conf\n");
  EXPECT_EQ(paths, (std::vector<std::string_view>{"lib/modules/6.1/a.ko", "src/nv-1/dkms.conf"}));
}

TEST(Dpkg, AListHasAllPathsInOneSpelling) {
  EXPECT_EQ(paths_of_list("/.\n/bin\n/usr/bin/x\n\n/sbin/y"),
            (std::vector<std::string_view>{".", "bin", "bin/x", "sbin/y"}));
}

TEST(Dpkg, SumsAreFoundByEitherName) {
  const auto sums = parse_md5sums(
      "0123456789abcdef0123456789abcdef  usr/lib/modules/a.ko\n"
      "short  x\n");
  ASSERT_EQ(sums.size(), 1U);
  EXPECT_EQ(sums.at("lib/modules/a.ko"), "0123456789abcdef0123456789abcdef");
}

TEST(Dpkg, AVersionIsOfItsOwnPackage) {
  constexpr std::string_view status =
      "Package: a\nVersion: 1\n\n"
      "Package: ab\nStatus: install ok installed\nVersion: 2-1\n\n"
      "Package: without\nDepends: x\n\n"
      "Package: c\nVersion: 3\n";
  EXPECT_EQ(installed_version(status, "a"), "1");
  EXPECT_EQ(installed_version(status, "ab"), "2-1");
  EXPECT_EQ(installed_version(status, "without"), std::nullopt);
  EXPECT_EQ(installed_version(status, "b"), std::nullopt);
}

TEST(Dpkg, AnInfoFileIsNamedAfterItsPackage) {
  EXPECT_EQ(package_of_info_file("libc6:amd64.md5sums"), "libc6");
  EXPECT_EQ(package_of_info_file("linux-image-6.1.0-56-amd64.list"), "linux-image-6.1.0-56-amd64");
}

}  // namespace
}  // namespace kmodsec
