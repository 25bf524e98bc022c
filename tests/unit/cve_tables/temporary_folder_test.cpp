// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace kmodsec {
namespace {

TEST(TemporaryFolder, GoesAwayWithAllThatIsInIt) {
  std::string path;
  {
    const auto folder = TemporaryFolder::create();
    ASSERT_TRUE(folder) << folder.error().reason;
    path = folder->path();
    const auto mode = std::filesystem::status(path).permissions();
    EXPECT_EQ(mode, std::filesystem::perms::owner_all);
    std::ofstream(path + "/file") << "x";
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace kmodsec
