// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/pe.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/kernel_builder.hpp"

namespace kmodsec::test {
namespace {

TEST(Pe, SectionsAreFoundByTheirNames) {
  const std::string bytes =
      pe_file({{".cmdline", "quiet"}, {".initrd", "first"}, {".initrd", "second"}});
  const WholeBytes file(bytes);
  EXPECT_EQ(pe_section(file, ".cmdline"), "quiet");
  EXPECT_EQ(pe_section(file, ".initrd"), "first");
  EXPECT_EQ(find_pe_section(file, ".initrd")->size, 5);
  EXPECT_FALSE(pe_section(file, ".linux"));
  EXPECT_FALSE(pe_section(file, ".init"));
}

TEST(Pe, WhatIsCutHasNone) {
  const std::string bytes = pe_file({{".linux", "kernel"}});
  for (const std::size_t size : {0UL, 2UL, 63UL, 70UL, 90UL, 120UL, 515UL}) {
    const WholeBytes cut(std::string_view(bytes).substr(0, size));
    EXPECT_FALSE(pe_section(cut, ".linux")) << size;
  }
  EXPECT_FALSE(pe_section(WholeBytes("\177ELF" + bytes.substr(4)), ".linux"));
}

}  // namespace
}  // namespace kmodsec::test
