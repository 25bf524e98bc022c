// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel_config.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(KernelConfig, KeepsWhatBearsOnModules) {
  const KernelConfig config = parse_kernel_config(
      "# Automatically generated file\n"
      "CONFIG_MODULES=y\n"
      "# CONFIG_MODULE_SIG_FORCE is not set\n"
      "CONFIG_MODULE_SIG_HASH=\"sha256\"\n"
      "CONFIG_EXT4_FS=m\n"
      "# CONFIG_EXT4_DEBUG is not set\n"
      "CONFIG_MODPROBE_PATH=\"\n");
  EXPECT_EQ(config, (KernelConfig{{"CONFIG_MODULES", "y"},
                                  {"CONFIG_MODULE_SIG_FORCE", "n"},
                                  {"CONFIG_MODULE_SIG_HASH", "sha256"},
                                  {"CONFIG_MODPROBE_PATH", "\""}}));
}

TEST(KernelConfig, ALineThatIsAllFrameNamesNoOption) {
  EXPECT_TRUE(parse_kernel_config("# is not set\n#  is not set\n").empty());
}

}  // namespace
}  // namespace kmodsec
