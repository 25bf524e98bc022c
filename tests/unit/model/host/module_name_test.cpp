// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/host/module_name.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(ModuleName, FourEndingsAreModules) {
  for (const std::string_view name : {"a.ko", "a.ko.gz", "/x/a.ko.xz", "a.ko.zst", "a.ko.ko"})
    EXPECT_TRUE(is_module_file(name)) << name;
  for (const std::string_view name : {".ko", "x/.ko", "a.ko.bz2", "a.ko.debug", "ko", "a.KO", ""})
    EXPECT_FALSE(is_module_file(name)) << name;
}

TEST(ModuleName, HasNoCharacterThatModprobeReadsOtherwise) {
  for (const std::string_view name : {"a", "xt_LOG", "8021q", "usb_storage"})
    EXPECT_TRUE(is_module_name(name)) << name;
  for (const std::string_view name : {"", "usb-storage", "a b", "a*", "[a]", "a\n", "\xC3\xA9"})
    EXPECT_FALSE(is_module_name(name)) << name;
  EXPECT_TRUE(is_module_name(std::string(55, 'a')));
  EXPECT_FALSE(is_module_name(std::string(56, 'a')));
}

TEST(ModuleName, IsTheLastComponentWithoutItsEnding) {
  EXPECT_EQ(module_name_of_path("kernel/sound/snd-usb-audio.ko.xz"), "snd_usb_audio");
  EXPECT_EQ(module_name_of_path("kernel/README"), "README");
  EXPECT_EQ(module_name_of_path("extra/my-driver.v2.ko"), "my_driver") << "up to the first dot";
  EXPECT_EQ(module_name_of_path(""), "");
}

TEST(ModuleName, DashesAreUnderscoresOutsideBrackets) {
  EXPECT_EQ(normalized_pattern("a-b[c-d]-e"), "a_b[c-d]_e");
  EXPECT_EQ(normalized_pattern("a]"), std::nullopt);
  EXPECT_EQ(normalized_pattern("a[b"), std::nullopt);
}

}  // namespace
}  // namespace kmodsec
