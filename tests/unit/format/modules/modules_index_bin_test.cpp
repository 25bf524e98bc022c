// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/modules_index_bin.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "support/bytes.hpp"

namespace kmodsec {
namespace {

using namespace std::string_literals;
using Names = std::vector<std::string>;

std::string big(std::uint32_t value) {
  std::string bytes = test::little(value, sizeof(value));
  std::ranges::reverse(bytes);
  return bytes;
}

std::string header(std::uint32_t root) { return big(0xB007F457) + big(0x00020001) + big(root); }

std::string values(const Names& list) {
  std::string bytes = big(static_cast<std::uint32_t>(list.size()));
  for (const std::string& value : list) bytes += big(7) + value + '\0';
  return bytes;
}

constexpr std::uint32_t prefix = 0x80000000;
constexpr std::uint32_t value = 0x40000000;
constexpr std::uint32_t children = 0x20000000;
constexpr std::uint32_t first_node = 12;

/// "fs-a" stands for `of_a`, "fs-c" for `of_c`.
std::string trie(const std::string& of_a, const std::string& of_c) {
  const std::string root = "fs-\0ac"s;
  const auto node_a = first_node + static_cast<std::uint32_t>(root.size()) + 3 * 4;
  const std::string a = values({of_a});
  const auto node_c = node_a + static_cast<std::uint32_t>(a.size());
  return header(prefix | children | first_node) + root + big(value | node_a) + big(0) +
         big(value | node_c) + a + values({of_c});
}

TEST(ModulesAliasBin, SpellsEachPatternOnTheWayFromTheRoot) {
  const auto aliases = parse_modules_alias_bin(trie("snd-a", "mod_c"));
  ASSERT_TRUE(aliases);
  ASSERT_EQ(aliases->size(), 2U);
  EXPECT_EQ(aliases->front().pattern, "fs-a");
  EXPECT_EQ(aliases->front().module, "snd_a");
  EXPECT_EQ(aliases->back().pattern, "fs-c");
}

/// modprobe tries them by their priority, which depmod gives each module.
TEST(ModulesAliasBin, StandInTheOrderOfTheirPriorities) {
  const auto value_of = [](std::uint32_t priority, const std::string& module) {
    return big(priority) + module + '\0';
  };
  const auto aliases = parse_modules_alias_bin(header(prefix | value | first_node) + "x\0"s +
                                               big(2) + value_of(9, "late") + value_of(3, "early"));
  ASSERT_TRUE(aliases);
  EXPECT_EQ(aliases->front().module, "early");
  EXPECT_EQ(aliases->back().module, "late");
}

TEST(ModulesDepBin, FindsAModuleByItsNameAlone) {
  const std::string index = trie("kernel/a.ko: kernel/b.ko", "/opt/c.bin:");
  const auto paths = find_in_modules_dep_bin(index, {"fs-a", "fs-b", "fs-c", "fs-", "fs-aa", ""});
  ASSERT_TRUE(paths);
  EXPECT_EQ(*paths,
            (std::map<std::string, std::string>{{"fs-a", "kernel/a.ko"}, {"fs-c", "/opt/c.bin"}}));
  const auto all = paths_in_modules_dep_bin(index);
  ASSERT_TRUE(all);
  EXPECT_EQ(*all, (Names{"kernel/a.ko", "kernel/b.ko", "/opt/c.bin"}));
}

TEST(ModulesDepBin, IsNotFollowedOutOfItsBytes) {
  const std::string index = trie("kernel/a.ko:", "kernel/c.ko:");
  for (std::size_t size = 12; size < index.size(); ++size)
    EXPECT_TRUE(find_in_modules_dep_bin(index.substr(0, size), {"fs-a", "fs-c"}));
  EXPECT_FALSE(find_in_modules_dep_bin("junk", {"a"}));
}

TEST(ModulesAliasBin, APatternCanStandForSeveral) {
  const auto aliases =
      parse_modules_alias_bin(header(prefix | value | first_node) + "x\0"s + values({"a", "b"}));
  ASSERT_TRUE(aliases);
  EXPECT_EQ(aliases->size(), 2U);
}

TEST(ModulesDepBin, KeepsTheNameThatIsLookedUp) {
  const auto entries = parse_modules_dep_bin(trie("kernel/evil.ko: kernel/b-c.ko", "x.ko:"));
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 2U);
  EXPECT_EQ(entries->front().name, "fs-a");
  EXPECT_EQ(entries->front().path, "kernel/evil.ko");
  EXPECT_EQ(entries->front().depends, Names{"b_c"});
}

TEST(ModulesDepBin, OfNoModulesIsEmpty) {
  EXPECT_TRUE(parse_modules_dep_bin(header(0)).value().empty());
  EXPECT_TRUE(parse_modules_dep_bin(header(12)).value().empty()) << "as depmod leaves one empty";
  EXPECT_TRUE(parse_modules_builtin_bin("").value().empty());
}

TEST(ModulesDepBin, IsRefusedWhereItIsCut) {
  const std::string whole = trie("a.ko:", "c.ko:");
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(parse_modules_dep_bin(whole.substr(0, size))) << size;
}

TEST(ModulesDepBin, OfAnotherVersionIsNotGuessedAt) {
  std::string bytes = header(0);
  bytes[5] = 3;
  EXPECT_EQ(parse_modules_dep_bin(bytes).error().kind, ErrorKind::unsupported);
}

TEST(ModulesDepBin, ANodeThatLeadsToItselfEnds) {
  const std::string loop = header(children | first_node) + "aa" + big(children | first_node);
  EXPECT_EQ(parse_modules_dep_bin(loop).error().kind, ErrorKind::malformed);
}

TEST(ModulesDepBin, ANodeThatIsReachedTwiceIsRefused) {
  const std::string root = "ab";
  const auto shared = first_node + 2 + 2 * 4;
  const std::string bytes = header(children | first_node) + root + big(value | shared) +
                            big(value | shared) + values({"a.ko: b.ko c.ko"});
  EXPECT_EQ(parse_modules_dep_bin(bytes).error().kind, ErrorKind::malformed);
}

}  // namespace
}  // namespace kmodsec
