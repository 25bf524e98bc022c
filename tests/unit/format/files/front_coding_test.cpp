// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/front_coding.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

using Texts = std::vector<std::string>;

Texts decoded(const Texts& coded) {
  Texts texts;
  for (const std::string& one : coded)
    texts.push_back(front_decoded(one, texts.empty() ? "" : texts.back()).value());
  return texts;
}

TEST(FrontCoding, TellsWhatIsSharedByALetter) {
  EXPECT_EQ(front_coded({"kernel/fs/fat/fat.ko", "kernel/fs/fat/vfat.ko", ""}),
            (Texts{"Akernel/fs/fat/fat.ko", "Ovfat.ko", "A"}));
}

TEST(FrontCoding, GivesTheTextsBack) {
  const std::string longest(200, 'a');
  const Texts texts = {"", "a", "a", longest, longest + "b", "pci:v00008086d*", "pci:v00008086e*"};
  EXPECT_EQ(decoded(front_coded({texts.begin(), texts.end()})), texts);
}

TEST(FrontCoding, CutsNoCharacter) {
  const Texts coded = front_coded({"\u00e9", "\u00e8"});
  EXPECT_EQ(coded, (Texts{"A\u00e9", "A\u00e8"}));
}

TEST(FrontCoding, RefusesWhatNobodyWrote) {
  EXPECT_FALSE(front_decoded("", "text"));
  EXPECT_FALSE(front_decoded("?x", "text"));
  EXPECT_FALSE(front_decoded("Fx", "text"));
  EXPECT_EQ(front_decoded("Ex", "text").value(), "textx");
}

}  // namespace
}  // namespace kmodsec
