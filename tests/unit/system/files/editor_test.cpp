// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/editor.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cstdint>
#include <thread>

#include "support/temporary_tree.hpp"

namespace kmodsec::test {
namespace {

constexpr std::size_t limit = 1024;

class EditorTest : public ::testing::Test {
 protected:
  EditorTest() { tree.write("/etc/old", "old\n"); }

  TemporaryTree tree;
  Editor editor = *Editor::open_tree(tree.folder());
};

TEST_F(EditorTest, WhatIsPutThereStandsThere) {
  for (const FileState& wanted :
       {text_file("x\n"), text_file("", 0600), link_to("old"), text_file("y", 0755), FileState{}}) {
    ASSERT_TRUE(editor.put("/etc/new", wanted));
    EXPECT_EQ(*editor.state("/etc/new", limit), wanted);
  }
  ASSERT_TRUE(editor.put("/etc/new", empty_folder(0700)));
  EXPECT_EQ(*editor.state("/etc/new", limit), empty_folder(0700));
}

TEST_F(EditorTest, NoLinkLeadsOut) {
  TemporaryTree outside;
  std::filesystem::create_directory_symlink(outside.folder(), tree.on_disk("/etc/away"));
  EXPECT_FALSE(editor.put("/etc/away/file", text_file("x")));
  EXPECT_FALSE(outside.has("/file"));
}

TEST_F(EditorTest, ALinkIsReplacedAndNotFollowed) {
  ASSERT_TRUE(editor.put("/etc/new", link_to("old")));
  ASSERT_TRUE(editor.put("/etc/new", text_file("new\n")));
  EXPECT_EQ(tree.read("/etc/old"), "old\n");
}

TEST_F(EditorTest, AFailedWriteLeavesNothing) {
  EXPECT_FALSE(editor.put("/nowhere/file", text_file("x")));
  EXPECT_FALSE(editor.put_copy("/etc/new", text_file({}), "/etc/missing"));
  ASSERT_TRUE(editor.put("/etc/folder", empty_folder(0755)));
  ASSERT_TRUE(editor.put("/etc/folder/file", text_file("x")));
  EXPECT_FALSE(editor.put("/etc/folder", text_file("x")));
  std::size_t names = 0;
  for (const auto& entry : std::filesystem::directory_iterator(tree.on_disk("/etc"))) {
    EXPECT_EQ(entry.path().filename().string().find("kmodsec"), std::string::npos);
    ++names;
  }
  EXPECT_EQ(names, 2U);
}

TEST_F(EditorTest, OnlyAnEmptyFolderGoes) {
  ASSERT_TRUE(editor.put("/etc", FileState{}));
  EXPECT_EQ(tree.read("/etc/old"), "old\n");
}

TEST_F(EditorTest, CopiesBytes) {
  tree.write("/etc/large", std::string(300'000, 'x') + "end");
  ASSERT_TRUE(editor.put_copy("/etc/copy", text_file({}, 0640), "/etc/large"));
  EXPECT_EQ(tree.read("/etc/copy"), tree.read("/etc/large"));
  EXPECT_EQ(editor.status("/etc/copy")->mode, 0640U);
}

TEST_F(EditorTest, GivesNothingASetIdMode) {
  for (const std::uint32_t mode : {04755U, 02755U, 01644U}) {
    EXPECT_EQ(editor.put("/etc/new", text_file("x", mode)).error().kind, ErrorKind::unsupported);
    EXPECT_FALSE(tree.has("/etc/new"));
  }
}

TEST_F(EditorTest, GivesAllOfATreeToItsOwner) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root gives files away";
  constexpr uid_t somebody = 12345;
  ASSERT_EQ(::chown(tree.folder().c_str(), somebody, somebody), 0);
  const Editor of_somebody = *Editor::open_tree(tree.folder());
  for (const std::uint32_t id : {0U, 1U, somebody, 0xffffffffU}) {
    FileState wanted = text_file("x");
    wanted.uid = wanted.gid = id;
    ASSERT_TRUE(of_somebody.put("/etc/new", wanted));
    struct stat raw{};
    ASSERT_EQ(::stat(tree.on_disk("/etc/new").c_str(), &raw), 0);
    EXPECT_EQ(raw.st_uid, somebody);
    EXPECT_EQ(raw.st_gid, somebody);
  }
  ASSERT_TRUE(of_somebody.put("/etc/folder", empty_folder(0755)));
  ASSERT_TRUE(of_somebody.put("/etc/link", link_to("old")));
  for (const char* path : {"/etc/folder", "/etc/link"}) {
    struct stat raw{};
    ASSERT_EQ(::lstat(tree.on_disk(path).c_str(), &raw), 0);
    EXPECT_EQ(raw.st_uid, somebody) << path;
  }
  EXPECT_EQ(of_somebody.put_copy("/etc/copy", text_file({}), "/etc/old").error().kind,
            ErrorKind::denied);
}

TEST_F(EditorTest, CopiesNothingButFiles) {
  std::filesystem::create_symlink("old", tree.on_disk("/etc/link"));
  ASSERT_EQ(::mkfifo(tree.on_disk("/etc/pipe").c_str(), 0600), 0);
  for (const char* source : {"/etc/link", "/etc/pipe", "/etc"})
    EXPECT_FALSE(editor.put_copy("/etc/new", text_file({}), source)) << source;
}

TEST_F(EditorTest, UsesNoDevice) {
  if (::mknod(tree.on_disk("/etc/device").c_str(), S_IFCHR | 0600, ::makedev(1, 5)) != 0)
    GTEST_SKIP() << "only root makes device nodes";
  EXPECT_FALSE(editor.state("/etc/device", limit));
  EXPECT_FALSE(editor.put_copy("/etc/new", text_file({}), "/etc/device"));
}

TEST_F(EditorTest, AFolderGetsItsModeWhateverTheMask) {
  const mode_t before = ::umask(0077);
  ASSERT_TRUE(editor.put("/etc/new", empty_folder(0755)));
  ::umask(before);
  EXPECT_EQ(editor.status("/etc/new")->mode, 0755U);
}

/// Whoever owns the tree changes it all the while: no folder of the host gets another mode by that.
TEST_F(EditorTest, NoRaceLeadsOut) {
  TemporaryTree outside;
  std::filesystem::permissions(outside.folder(), std::filesystem::perms::owner_all);
  const mode_t before = ::umask(0077);
  std::jthread swapper([&](const std::stop_token& stop) {
    std::error_code ignored;
    while (!stop.stop_requested()) {
      std::filesystem::remove(tree.on_disk("/etc/new"), ignored);
      std::filesystem::create_directory_symlink(outside.folder(), tree.on_disk("/etc/new"),
                                                ignored);
    }
  });
  std::error_code ignored;
  for (int i = 0; i < 100; ++i) {
    static_cast<void>(editor.put("/etc/new", empty_folder(0755)));
    static_cast<void>(editor.put("/etc/new/file", text_file("x")));
    std::filesystem::remove(tree.on_disk("/etc/new"), ignored);
  }
  swapper.request_stop();
  swapper.join();
  ::umask(before);
  EXPECT_EQ(std::filesystem::status(outside.folder()).permissions(),
            std::filesystem::perms::owner_all);
  EXPECT_FALSE(outside.has("/file"));
}

TEST_F(EditorTest, TheKernelsOwnFilesAreNoneOfTheTree) {
  const Editor everything = *Editor::open_tree("/");
  for (const char* path : {"/proc/self/comm", "/proc/sys", "/sys/kernel"})
    EXPECT_EQ(everything.status(path).error().kind, ErrorKind::denied) << path;
  EXPECT_EQ(everything.put("/proc/self/comm", text_file("x")).error().kind, ErrorKind::denied);
}

TEST_F(EditorTest, WhatIsTooLargeIsAnError) {
  tree.write("/etc/large", std::string(limit + 1, 'x'));
  EXPECT_EQ(editor.state("/etc/large", limit).error().kind, ErrorKind::too_large);
}

}  // namespace
}  // namespace kmodsec::test
