// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/editor.hpp"

#include <gtest/gtest.h>

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

TEST_F(EditorTest, WhatIsTooLargeIsAnError) {
  tree.write("/etc/large", std::string(limit + 1, 'x'));
  EXPECT_EQ(editor.state("/etc/large", limit).error().kind, ErrorKind::too_large);
}

}  // namespace
}  // namespace kmodsec::test
