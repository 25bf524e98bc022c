// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/usage/module_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/usage/usage_record.hpp"

namespace kmodsec::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ModuleListTest, NamesOnLinesOfTheirOwn) {
  const auto list = parse_module_list("# site\n\nxt-owner # for nft\r\nloop\nloop\n8021q");
  ASSERT_TRUE(list);
  EXPECT_THAT(list->names, ElementsAre("8021q", "loop", "xt_owner"));
  EXPECT_THAT(list->unread_lines, IsEmpty());
}

TEST(ModuleListTest, PathsOfModuleFiles) {
  const auto list = parse_module_list("kernel/fs/isofs/isofs.ko.xz\n/x/snd-dummy.ko\nloop.ko\n");
  ASSERT_TRUE(list);
  EXPECT_THAT(list->names, ElementsAre("isofs", "loop", "snd_dummy"));
}

TEST(ModuleListTest, TheOutputOfLsmod) {
  const auto list = parse_module_list(
      "Module                  Size  Used by\n"
      "vfat                   24576  1\n"
      "fat                    98304  1 vfat\n"
      "dummy                  16384  -2\n");
  ASSERT_TRUE(list);
  EXPECT_THAT(list->names, ElementsAre("dummy", "fat", "vfat"));
  EXPECT_THAT(list->unread_lines, IsEmpty());
}

TEST(ModuleListTest, ProcModules) {
  const auto list = parse_module_list("loop 16384 - - Live 0x0 (OE)\nfat 1 1 vfat, Live 0x0\n");
  ASSERT_TRUE(list);
  EXPECT_THAT(list->names, ElementsAre("fat", "loop"));
}

TEST(ModuleListTest, AModuleThatIsCalledModule) {
  EXPECT_THAT(parse_module_list("Module\n")->names, ElementsAre("Module"));
}

TEST(ModuleListTest, LinesThatNameNoneAreCounted) {
  const auto list = parse_module_list("loop\nblacklist loop\nn\xC3\xA4me\n\x1b[31m\n");
  ASSERT_TRUE(list);
  EXPECT_THAT(list->names, ElementsAre("loop"));
  EXPECT_THAT(list->unread_lines, ElementsAre(2, 3, 4));
}

TEST(ModuleListTest, WhatNamesNoModuleIsNoList) {
  for (const char* text : {"", "# nothing\n", "<html> of a page\n", "Module Size Used by\n"})
    EXPECT_EQ(parse_module_list(text).error().kind, ErrorKind::malformed) << text;
}

TEST(ModuleListTest, MoreThanARecordHoldsIsTooLarge) {
  std::string text;
  for (std::size_t i = 0; i <= most_recorded_modules; ++i) text += "m" + std::to_string(i) + "\n";
  EXPECT_EQ(parse_module_list(text).error().kind, ErrorKind::too_large);
}

}  // namespace
}  // namespace kmodsec::test
