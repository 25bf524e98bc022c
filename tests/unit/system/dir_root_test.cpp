// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/dir_root.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace kmodsec::test {
namespace {

class DirRootTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "kmodsec-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    auto opened = open_tree(name);
    ASSERT_TRUE(opened) << opened.error().reason;
    root_ = std::move(*opened);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
  std::unique_ptr<Root> root_;
};

TEST_F(DirRootTest, NamesWhatItCannotReadInUtf8) {
  std::filesystem::create_directory(folder_ / "x\xff");
  const auto bytes = root_->read("/x\xff", 10);
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error(), (Error{ErrorKind::unsupported, "/x\\xff", "not a regular file"}));
}

}  // namespace
}  // namespace kmodsec::test
