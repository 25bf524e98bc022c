// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/kbuild_output.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(KbuildOutput, TellsVariables) {
  const auto variables = parse_kbuild_output(
      "a warning\nkmodsec-variable obj-m xfs.o  a.o\nkmodsec-variable xfs-y b.o\nkmodsec-end\n"
      "kmodsec-variable obj-m late.o\n");
  ASSERT_TRUE(variables);
  EXPECT_EQ(variables->at("obj-m"), (std::vector<std::string>{"xfs.o", "a.o"}));
  EXPECT_EQ(variables->at("xfs-y"), (std::vector<std::string>{"b.o"}));
}

TEST(KbuildOutput, IsNoneWithoutItsEnd) {
  EXPECT_FALSE(parse_kbuild_output("kmodsec-variable obj-m xfs.o\n"));
}

TEST(KbuildOutput, FindsSymbolsAndIncludes) {
  constexpr std::string_view makefile =
      "obj-$(CONFIG_B) += b.o\nifdef CONFIG_A_1\nendif\ny := CONFIG_\n"
      "include $(srctree)/virt/kvm/Makefile.kvm\n";
  EXPECT_EQ(symbols_in_makefile(makefile), (std::vector<std::string_view>{"A_1", "B"}));
  EXPECT_EQ(includes_in_makefile(makefile),
            (std::vector<std::string_view>{"virt/kvm/Makefile.kvm"}));
}

}  // namespace
}  // namespace kmodsec
