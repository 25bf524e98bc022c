// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/alias_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kmodsec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(AliasIndex, TriesExactAliasesBeforePatterns) {
  const std::vector<AliasEntry> aliases = {
      {"crypto-*", "wild"}, {"crypto-aes", "second"}, {"crypto-aes", "first"}, {"*", "any"}};
  EXPECT_THAT(AliasIndex(aliases).modules_of("crypto_aes"),
              ElementsAre("second", "first", "any", "wild"));
}

TEST(AliasIndex, NamesTheModuleOfTwoEqualAliasesOnce) {
  const std::vector<AliasEntry> aliases = {{"fs-ext2", "ext4"}, {"fs-ext2", "ext4"}};
  EXPECT_THAT(AliasIndex(aliases).modules_of("fs_ext2"), ElementsAre("ext4"));
}

TEST(AliasIndex, NormalisesAliasesAndModules) {
  const std::vector<AliasEntry> aliases = {{"usb:v0[a-c]d-*", "snd-usb"}};
  EXPECT_THAT(AliasIndex(aliases).modules_of("usb:v0bd_1"), ElementsAre("snd_usb"));
}

TEST(AliasIndex, FindsPatternsThatAreShorterThanWhatTheyAreSortedBy) {
  const std::vector<AliasEntry> aliases = {{"a?", "one"}, {"ab*", "two"}, {"?b", "three"}};
  const AliasIndex index(aliases);
  EXPECT_THAT(index.modules_of("ab"), ElementsAre("three", "one", "two"));
  EXPECT_THAT(index.modules_of("a"), IsEmpty());
}

TEST(AliasIndex, LeavesOutWhatHasNoPairOfBrackets) {
  const std::vector<AliasEntry> aliases = {{"a[b", "broken"}, {"a]", "broken"}};
  EXPECT_THAT(AliasIndex(aliases).modules_of("a"), IsEmpty());
}

}  // namespace
}  // namespace kmodsec
