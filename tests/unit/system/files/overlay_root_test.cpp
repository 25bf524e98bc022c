// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/overlay_root.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> names_in(const Root& root, std::string_view path) {
  std::vector<std::string> names;
  for (const Entry& entry : root.list(path).value_or(std::vector<Entry>{}))
    names.push_back(entry.name);
  return names;
}

class OverlayTest : public ::testing::Test {
 protected:
  OverlayTest() {
    below.add_file("/etc/modprobe.d/a.conf", "a");
    below.add_file("/etc/modprobe.d/b.conf", "b");
  }

  MemoryRoot below;
  OverlayRoot root{below};
};

TEST_F(OverlayTest, ShowsWhatIsNotChanged) {
  EXPECT_EQ(*root.read("/etc/modprobe.d/a.conf", 10), "a");
  EXPECT_THAT(names_in(root, "/etc/modprobe.d"), ElementsAre("a.conf", "b.conf"));
}

TEST_F(OverlayTest, ShowsWhatWouldBe) {
  root.set("/etc/modprobe.d/0.conf", text_file("new"));
  root.set("/etc/modprobe.d/b.conf", {});
  root.set("/etc/new", empty_folder(0755));
  root.set("/etc/new/c", text_file("c"));
  EXPECT_THAT(names_in(root, "/etc/modprobe.d"), ElementsAre("0.conf", "a.conf"));
  EXPECT_THAT(names_in(root, "/etc/new"), ElementsAre("c"));
  EXPECT_THAT(names_in(root, "/etc"), ElementsAre("modprobe.d", "new"));
  EXPECT_EQ(*root.read("/etc/modprobe.d/0.conf", 10), "new");
  EXPECT_EQ((*root.open("/etc/new/c"))->size(), 1U);
  EXPECT_EQ(root.read("/etc/modprobe.d/b.conf", 10).error().kind, ErrorKind::not_found);
  EXPECT_EQ(root.status("/etc/modprobe.d/b.conf").error().kind, ErrorKind::not_found);
  EXPECT_EQ(root.status("/etc/new")->type, FileType::directory);
  EXPECT_EQ(root.read("/etc/modprobe.d/0.conf", 2).error().kind, ErrorKind::too_large);
}

}  // namespace
}  // namespace kmodsec::test
