// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/kernel_command_line.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace kmodsec::test {
namespace {

using Pair = std::pair<std::string, std::string>;

std::vector<Pair> parsed(std::string_view text) {
  std::vector<Pair> pairs;
  for (KernelParameter& parameter : parse_kernel_command_line(text))
    pairs.emplace_back(std::move(parameter.key), std::move(parameter.value));
  return pairs;
}

TEST(KernelCommandLine, PartsAtBlanks) {
  EXPECT_EQ(parsed("BOOT_IMAGE=/vmlinuz  ro module.sig_enforce=1\tquiet a=b=c \n"),
            (std::vector<Pair>{{"BOOT_IMAGE", "/vmlinuz"},
                               {"ro", ""},
                               {"module.sig_enforce", "1"},
                               {"quiet", ""},
                               {"a", "b=c"}}));
  EXPECT_TRUE(parsed(" \n\t").empty());
  EXPECT_EQ(parsed("a\xa0"
                   "b\vc"),
            (std::vector<Pair>{{"a", ""}, {"b", ""}, {"c", ""}}));
  EXPECT_EQ(parsed(std::string_view("a\0b", 3)), (std::vector<Pair>{{"a", ""}}));
}

TEST(KernelCommandLine, QuotesGoAtTheEndsOnly) {
  EXPECT_EQ(parsed("x.dyndbg=\"file a.c +p\" \"y.z=1 2\" end"),
            (std::vector<Pair>{{"x.dyndbg", "file a.c +p"}, {"y.z", "1 2"}, {"end", ""}}));
  EXPECT_EQ(parsed("a=b\"c d\"e"), (std::vector<Pair>{{"a", "b\"c d\"e"}}));
  EXPECT_EQ(parsed("a=\"never closed b"), (std::vector<Pair>{{"a", "never closed b"}}));
  EXPECT_EQ(parsed("a=\""), (std::vector<Pair>{{"a", ""}}));
  EXPECT_EQ(parsed("\"a=\"b\"\""), (std::vector<Pair>{{"a", "b\""}}));
  EXPECT_EQ(parsed("\""), (std::vector<Pair>{{"", ""}}));
}

TEST(KernelCommandLine, AnEqualsSignAtTheBeginPartsNothing) {
  EXPECT_EQ(parsed("=a=b ="), (std::vector<Pair>{{"=a", "b"}, {"=", ""}}));
  const auto parameters = parse_kernel_command_line("a a=");
  EXPECT_FALSE(parameters[0].has_value);
  EXPECT_TRUE(parameters[1].has_value);
}

TEST(KernelCommandLine, WhatIsBehindTwoDashesIsForInit) {
  const auto parameters = parse_kernel_command_line("a --=x -- b -- c");
  ASSERT_EQ(parameters.size(), 4U);
  EXPECT_FALSE(parameters[1].for_init);
  EXPECT_TRUE(parameters[2].for_init);
  EXPECT_TRUE(parameters[3].for_init);
}

TEST(KernelCommandLine, DashesAreUnderscoresInKeys) {
  EXPECT_TRUE(is_kernel_parameter("module-blacklist", "module_blacklist"));
  EXPECT_FALSE(is_kernel_parameter("module_blacklists", "module_blacklist"));
}

}  // namespace
}  // namespace kmodsec::test
