// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/image_root.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kmodsec::test {
namespace {

constexpr FileStatus a_file = {FileType::regular, 0, 0640, 7, 8};
constexpr FileStatus a_folder = {FileType::directory, 0, 0750, 0, 0};
constexpr FileStatus a_link = {FileType::link, 0, 0777, 0, 0};

SharedBytes bytes(std::string text) { return SharedBytes(std::move(text)); }

std::string text(const ImageRoot& root, std::string_view path) {
  const auto content = root.read(path, 1000);
  return content ? *content : to_string(content.error());
}

std::vector<std::string> names(const ImageRoot& root, std::string_view path) {
  std::vector<std::string> all;
  for (const Entry& entry : root.list(path).value_or(std::vector<Entry>{}))
    all.push_back(entry.name);
  return all;
}

using Names = std::vector<std::string>;

TEST(ImageRoot, PathsMayBeWrittenInAnyWay) {
  ImageRoot root;
  ASSERT_TRUE(root.add(".", {FileType::directory, 0, 0700, 0, 0}));
  ASSERT_TRUE(root.add("./usr/", a_folder));
  ASSERT_TRUE(root.add("/usr/b", a_file, bytes("b")));
  ASSERT_TRUE(root.add("usr//../usr/./a", a_file, bytes("a!")));
  EXPECT_EQ(names(root, "/"), Names{"usr"});
  EXPECT_EQ(names(root, "/usr"), (Names{"a", "b"}));
  EXPECT_EQ(text(root, "/usr/a"), "a!");
  EXPECT_EQ(root.status("/usr/a")->size, 2);
  EXPECT_EQ(root.status("/usr/a")->uid, 7);
  EXPECT_EQ(root.status("/usr")->mode, 0750);
  EXPECT_EQ(root.status("/")->mode, 0700);
  EXPECT_FALSE(root.is_running_system());
}

TEST(ImageRoot, LinksStayInside) {
  ImageRoot root;
  ASSERT_TRUE(root.add("etc/passwd", a_file, bytes("inside")));
  ASSERT_TRUE(root.add("up", a_link, bytes("../../../etc/passwd")));
  ASSERT_TRUE(root.add("absolute", a_link, bytes("/etc/passwd")));
  ASSERT_TRUE(root.add("circle", a_link, bytes("circle")));
  EXPECT_EQ(text(root, "/up"), "inside");
  EXPECT_EQ(text(root, "/../absolute"), "inside");
  EXPECT_EQ(root.read_link("/up"), "../../../etc/passwd");
  EXPECT_EQ(root.link_status("/up")->type, FileType::link);
  EXPECT_EQ(root.status("/up")->type, FileType::regular);
  EXPECT_FALSE(root.read("/circle", 1000));
  EXPECT_FALSE(root.add("circle/x", a_file));
}

TEST(ImageRoot, EntriesGoWhereLinksToFoldersLead) {
  ImageRoot root;
  ASSERT_TRUE(root.add("usr/lib", a_folder));
  ASSERT_TRUE(root.add("lib", a_link, bytes("usr/lib")));
  ASSERT_TRUE(root.add("lib/modules/a.ko", a_file, bytes("a")));
  EXPECT_EQ(text(root, "/usr/lib/modules/a.ko"), "a");
  EXPECT_EQ(text(root, "/lib/modules/a.ko"), "a");
}

TEST(ImageRoot, LaterEntriesReplaceEarlierOnes) {
  ImageRoot root;
  ASSERT_TRUE(root.add("a", a_file, bytes("old")));
  ASSERT_TRUE(root.add("a", a_file, bytes("new")));
  EXPECT_EQ(text(root, "/a"), "new");
  ASSERT_TRUE(root.add("b", a_link, bytes("a")));
  ASSERT_TRUE(root.add("b", a_file, bytes("no link")));
  EXPECT_EQ(text(root, "/a"), "new");
  EXPECT_EQ(text(root, "/b"), "no link");
  ASSERT_TRUE(root.add("b", a_folder));
  ASSERT_TRUE(root.add("b/c", a_file, bytes("c")));
  ASSERT_TRUE(root.add("b", {FileType::directory, 0, 0700, 0, 0}));
  EXPECT_EQ(text(root, "/b/c"), "c");
  EXPECT_EQ(root.status("/b")->mode, 0700);
}

TEST(ImageRoot, AFolderThatHoldsSomethingStays) {
  ImageRoot root;
  ASSERT_TRUE(root.add("a/b", a_file, bytes("b")));
  EXPECT_FALSE(root.add("a", a_file));
  EXPECT_FALSE(root.add("a", a_link, bytes("etc")));
  EXPECT_FALSE(root.add("/", a_file));
  EXPECT_FALSE(root.add("a/b/c", a_file));
  EXPECT_FALSE(root.add("a/b/c/d", a_file));
  EXPECT_EQ(text(root, "/a/b"), "b");
}

TEST(ImageRoot, ErrorsAreThoseOfTheSystem) {
  ImageRoot root;
  ASSERT_TRUE(root.add("a", a_file, bytes("12345")));
  ASSERT_TRUE(root.add("f", a_folder));
  EXPECT_EQ(root.read("/none", 10).error().kind, ErrorKind::not_found);
  EXPECT_EQ(root.read("/a/x", 10).error().kind, ErrorKind::not_found);
  EXPECT_EQ(root.read("/a", 4).error().kind, ErrorKind::too_large);
  EXPECT_EQ(root.read("/f", 10).error().kind, ErrorKind::unsupported);
  EXPECT_EQ(root.open("/f").error().kind, ErrorKind::unsupported);
  EXPECT_EQ(root.list("/a").error().kind, ErrorKind::not_found);
  EXPECT_FALSE(root.read_link("/a"));
  EXPECT_EQ((*root.open("/a"))->read(3, 10), "45");
  EXPECT_EQ((*root.open("/a"))->read(9, 10), "");
  EXPECT_EQ((*root.open("/a"))->size(), 5);
}

TEST(ImageRoot, ACopyHasItsContentToo) {
  const SharedBytes content = bytes("content");
  ImageRoot copy;
  std::unique_ptr<File> file;
  {
    ImageRoot root;
    ASSERT_TRUE(root.add("a", a_file, content));
    copy = root;
    file = std::move(*root.open("/a"));
  }
  EXPECT_EQ(text(copy, "/a"), "content");
  EXPECT_EQ(file->read(0, 100), "content");
  EXPECT_EQ(content.use_count(), 3);
}

TEST(ImageRoot, ContentThatWasNotKeptIsAnErrorOfItsOwn) {
  ImageRoot root;
  ASSERT_TRUE(root.add("a", {FileType::regular, 5, 0644, 0, 0}));
  ASSERT_TRUE(root.add("empty", a_file));
  EXPECT_EQ(root.status("/a")->size, 5);
  EXPECT_EQ(text(root, "/a"), "/a: its content was not kept");
  EXPECT_EQ(root.read("/a", 4).error().kind, ErrorKind::too_large);
  EXPECT_EQ(root.open("/a").error().kind, ErrorKind::io);
  EXPECT_EQ(text(root, "/empty"), "");
  EXPECT_EQ((*root.open("/empty"))->size(), 0);
  ASSERT_TRUE(root.add("a", a_file, bytes("kept")));
  EXPECT_EQ(text(root, "/a"), "kept");
}

TEST(ImageRoot, TheWayThroughItIsBounded) {
  ImageRoot root;
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "./";
  ASSERT_TRUE(root.add("x", a_link, bytes(deep)));
  std::string path;
  for (int i = 0; i < 40; ++i) path += "x/";
  Result<void> added;
  for (int i = 0; i < 1000 && added; ++i) added = root.add(path + "file", a_file);
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().kind, ErrorKind::too_large);
}

}  // namespace
}  // namespace kmodsec::test
