// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/kernel_config.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

constexpr std::string_view whole =
    "# Automatically generated file\n"
    "CONFIG_MODULES=y\n"
    "# CONFIG_MODULE_SIG_FORCE is not set\n"
    "CONFIG_MODULE_SIG_HASH=\"sha256\"\n"
    "CONFIG_EXT4_FS=m\n"
    "# CONFIG_EXT4_DEBUG is not set\n"
    "# end of File systems\n"
    "\n"
    "CONFIG_MODPROBE_PATH=\"\n"
    "# end of Kernel hacking\n";

TEST(KernelConfig, KeepsWhatBearsOnModules) {
  EXPECT_EQ(parse_kernel_config(whole), (KernelConfig{{"CONFIG_MODULES", "y"},
                                                      {"CONFIG_MODULE_SIG_FORCE", "n"},
                                                      {"CONFIG_MODULE_SIG_HASH", "sha256"},
                                                      {"CONFIG_MODPROBE_PATH", "\""}}));
}

TEST(KernelConfig, ALineThatIsAllFrameNamesNoOption) {
  const auto config = parse_kernel_config(
      "# is not set\n#  is not set\n# CONFIG_MODULES is not set\n"
      "# Kernel hacking\n");
  EXPECT_EQ(config, (KernelConfig{{"CONFIG_MODULES", "n"}}));
}

TEST(KernelConfig, WhatEndsEarlyTellsNothing) {
  for (std::size_t length = 0; length + 1 < whole.size(); ++length)
    EXPECT_FALSE(parse_kernel_config(whole.substr(0, length))) << length;
}

TEST(KernelConfig, WhatIsNoConfigurationTellsNothing) {
  EXPECT_FALSE(parse_kernel_config(""));
  EXPECT_FALSE(parse_kernel_config(std::string(4096, '\0')));
  EXPECT_FALSE(parse_kernel_config("<html>not found</html>\n"));
  EXPECT_FALSE(parse_kernel_config("CONFIG_MODULES=y\n"));
  EXPECT_FALSE(parse_kernel_config(std::string(whole) + "garbage\n"));
  EXPECT_FALSE(parse_kernel_config("# CONFIG_EXT4_FS is not set\n# end of Kernel hacking\n"));
}

}  // namespace
}  // namespace kmodsec
