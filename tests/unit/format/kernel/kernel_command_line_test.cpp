// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/kernel_command_line.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(KernelCommandLine, PartsKeysAndValues) {
  const auto parameters =
      parse_kernel_command_line("BOOT_IMAGE=/vmlinuz  ro module.sig_enforce=1\tquiet a=b=c \n");
  ASSERT_EQ(parameters.size(), 5U);
  EXPECT_EQ(parameters[0].value, "/vmlinuz");
  EXPECT_EQ(parameters[1].key, "ro");
  EXPECT_EQ(parameters[1].value, "");
  EXPECT_EQ(parameters[2].key, "module.sig_enforce");
  EXPECT_EQ(parameters[4].value, "b=c");
}

TEST(KernelCommandLine, QuotesHoldBlanksTogether) {
  const auto parameters = parse_kernel_command_line("x.dyndbg=\"file a.c +p\" \"y.z=1 2\" end");
  ASSERT_EQ(parameters.size(), 3U);
  EXPECT_EQ(parameters[0].value, "file a.c +p");
  EXPECT_EQ(parameters[1].key, "y.z");
  EXPECT_EQ(parameters[1].value, "1 2");
  EXPECT_EQ(parse_kernel_command_line("a=\"never closed b").size(), 1U);
}

TEST(KernelCommandLine, BlanksAloneSayNothing) {
  EXPECT_TRUE(parse_kernel_command_line(" \n\t").empty());
}

}  // namespace
}  // namespace kmodsec
