// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/dir_root.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

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

  void give_away() {
    constexpr uid_t somebody = 1000;
    for (const auto& path : {folder_, folder_ / "sbin"})
      ASSERT_EQ(::chown(path.c_str(), somebody, somebody), 0);
  }

  std::filesystem::path folder_;
  std::unique_ptr<Root> root_;
};

TEST_F(DirRootTest, NamesWhatItCannotReadInUtf8) {
  std::filesystem::create_directory(folder_ / "x\xff");
  const auto bytes = root_->read("/x\xff", 10);
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error(), (Error{ErrorKind::unsupported, "/x\\xff", "not a regular file"}));
}

/// A setting of the tree's kernel may name a program by such a path.
TEST_F(DirRootTest, EndsTheSearchForAPathWithoutAFolder) {
  for (const char* path : {"modprobe", ".x86_64", "no/such", ""})
    EXPECT_FALSE(root_->read(path, 10)) << path;
  EXPECT_EQ(root_->status("modprobe").error().kind, ErrorKind::not_found);
}

/// What this kernel says, or does not have, is none of a tree that its file systems are mounted in.
TEST_F(DirRootTest, TakesNothingOfThisKernelForTheTrees) {
  const auto everything = open_tree("/").value();
  for (const char* path : {"/proc", "/proc/self/comm", "/proc/sys/kernel/osrelease", "/sys/kernel",
                           "/proc/no/such", "/sys/no/such", "/etc/../proc/version"}) {
    EXPECT_EQ(everything->read(path, 10).error().kind, ErrorKind::denied) << path;
    EXPECT_EQ(everything->status(path).error().kind, ErrorKind::denied) << path;
    EXPECT_EQ(everything->link_status(path).error().kind, ErrorKind::denied) << path;
    EXPECT_EQ(everything->list(path).error().kind, ErrorKind::denied) << path;
    EXPECT_EQ(everything->read_link(path).error().kind, ErrorKind::denied) << path;
  }
  EXPECT_EQ(everything->status("/etc/no/such").error().kind, ErrorKind::not_found);
  EXPECT_EQ(open_running_system().value()->read("/proc/self/comm", 1000).has_value(), true);
}

/// Whoever unpacked a captured tree owns it; that is no finding.
TEST_F(DirRootTest, TakesTheOwnerOfTheTopFolderForRoot) {
  std::filesystem::create_directory(folder_ / "sbin");
  if (::geteuid() == 0) give_away();
  const auto status = open_tree(folder_).value()->status("/sbin");
  ASSERT_TRUE(status);
  EXPECT_EQ(status->uid, 0U);
  EXPECT_EQ(status->gid, 0U);
}

}  // namespace
}  // namespace kmodsec::test
