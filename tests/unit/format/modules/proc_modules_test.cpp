// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/proc_modules.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(ProcModules, ReadsEveryField) {
  const auto modules = parse_proc_modules(
      "nf_tables 290816 13 nft_ct,nft_chain_nat, Live 0xffffffffc0a00000\n"
      "evil 16384 0 - Loading 0x0000000000000000 (POE+)\n"
      "hyperv 12 1 [permanent], Live 0x0000000000000000\n"
      "norefs 12 - - Live 0x0000000000000000\n");
  ASSERT_TRUE(modules) << to_string(modules.error());
  ASSERT_EQ(modules->modules.size(), 4U);

  const LoadedModule& tables = modules->modules.at(0);
  EXPECT_EQ(tables.name, "nf_tables");
  EXPECT_EQ(tables.size, 290816U);
  EXPECT_EQ(tables.refcount, 13U);
  EXPECT_EQ(tables.used_by, (std::vector<std::string>{"nft_ct", "nft_chain_nat"}));
  EXPECT_EQ(tables.address, 0xffffffffc0a00000U);
  EXPECT_EQ(tables.taint, "");

  EXPECT_EQ(modules->modules.at(1).taint, "POE");
  EXPECT_EQ(modules->modules.at(1).state, "Loading");
  EXPECT_FALSE(modules->modules.at(1).address) << "zeros mean hidden";
  EXPECT_TRUE(modules->modules.at(2).permanent);
  EXPECT_FALSE(modules->modules.at(3).refcount) << "a kernel that cannot unload counts nothing";
}

TEST(ProcModules, ANameMayHoldBlanks) {
  const auto modules = parse_proc_modules("a b 12 0 - Live 0x0000000000000000\n");
  ASSERT_TRUE(modules);
  EXPECT_EQ(modules->modules.at(0).name, "a b");
}

TEST(ProcModules, ALineThatIsNoneCostsThatLine) {
  for (const std::string_view line :
       {"junk\n", "x 1 0 - Alive 0x0\n", "x y 0 - Live 0x0\n", " 1 0 - Live 0x0\n",
        "x 1 0 - Live ffff\n", "\n", "x 1 0 - Live 0x0 (O\xff)\n", "x 1 0 - Live 0x0 (\033)\n",
        "x 1 -2 - Live 0x0\n"}) {
    const auto modules = parse_proc_modules("ok 12 0 - Live 0x0000000000000000\n" +
                                            std::string(line) + "too 12 0 - Live 0x0\n");
    ASSERT_TRUE(modules) << line;
    EXPECT_EQ(modules->modules.size(), 2U);
    EXPECT_EQ(modules->unread_lines, std::vector<std::size_t>{2});
  }
}

TEST(ProcModules, WhatHasNoSuchLineIsNoList) {
  const auto modules = parse_proc_modules("junk\nmore\n");
  ASSERT_FALSE(modules);
  EXPECT_EQ(modules.error().kind, ErrorKind::malformed);
}

TEST(ProcModules, AModuleThatIsGoingCountsFromMinusOne) {
  const auto modules = parse_proc_modules(
      "dummy 12288 -1 - Unloading 0x0000000000000000 (OE-)\n"
      "loop 12288 -1 - Unloading 0x0000000000000000 (-)\n");
  ASSERT_TRUE(modules);
  EXPECT_TRUE(modules->unread_lines.empty());
  ASSERT_EQ(modules->modules.size(), 2U);
  EXPECT_EQ(modules->modules.front().refcount, 0U);
  EXPECT_EQ(modules->modules.front().state, "Unloading");
  EXPECT_EQ(modules->modules.front().taint, "OE");
  EXPECT_EQ(modules->modules.back().taint, "");
}

TEST(ProcModules, AnEmptyListIsAList) { EXPECT_TRUE(parse_proc_modules("")->modules.empty()); }

}  // namespace
}  // namespace kmodsec
