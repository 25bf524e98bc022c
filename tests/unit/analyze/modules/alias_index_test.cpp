// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/modules/alias_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kmodsec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Work work("modules.alias");

TEST(AliasIndex, KeepsTheOrderOfTheFile) {
  const std::vector<AliasEntry> aliases = {
      {"crypto-*", "wild"}, {"crypto-aes", "second"}, {"*", "any"}, {"crypto-aes", "first"}};
  EXPECT_THAT(AliasIndex(aliases).modules_of("crypto_aes", work),
              ElementsAre("wild", "second", "any", "first"));
}

TEST(AliasIndex, NamesTheModuleOfTwoEqualAliasesOnce) {
  const std::vector<AliasEntry> aliases = {{"fs-ext2", "ext4"}, {"fs-ext2", "ext4"}};
  EXPECT_THAT(AliasIndex(aliases).modules_of("fs_ext2", work), ElementsAre("ext4"));
}

TEST(AliasIndex, NormalisesAliasesAndModules) {
  const std::vector<AliasEntry> aliases = {{"usb:v0[a-c]d-*", "snd-usb"}};
  EXPECT_THAT(AliasIndex(aliases).modules_of("usb:v0bd_1", work), ElementsAre("snd_usb"));
}

TEST(AliasIndex, HoldsARequestAgainstPatternsOfAnyStart) {
  const std::vector<AliasEntry> aliases = {
      {"a?", "one"}, {"ab*", "two"}, {"?b", "three"}, {"abc*", "four"}};
  const AliasIndex index(aliases);
  EXPECT_THAT(index.modules_of("ab", work), ElementsAre("one", "two", "three"));
  EXPECT_THAT(index.modules_of("a", work), IsEmpty());
  EXPECT_THAT(index.modules_of("", work), IsEmpty());
}

TEST(AliasIndex, ARequestIsNoPattern) {
  const std::vector<AliasEntry> aliases = {{"usb:v1*", "one"}, {"usb:v12*", "two"}};
  EXPECT_THAT(AliasIndex(aliases).modules_of("usb:v1*", work), ElementsAre("one"));
}

TEST(AliasIndex, LeavesOutWhatHasNoPairOfBrackets) {
  const std::vector<AliasEntry> aliases = {{"a[b", "broken"}, {"a]", "broken"}};
  EXPECT_THAT(AliasIndex(aliases).modules_of("a", work), IsEmpty());
}

}  // namespace
}  // namespace kmodsec
