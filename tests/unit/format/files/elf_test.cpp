// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/elf.hpp"

#include <gtest/gtest.h>

#include "support/module_builder.hpp"

namespace kmodsec {
namespace {

TEST(Elf, FindsSectionsByName) {
  const std::string bytes = test::elf_with({{".modinfo", "license=GPL"}, {".empty", ""}});
  const WholeBytes source(bytes);
  const auto elf = Elf::parse(source);
  ASSERT_TRUE(elf) << to_string(elf.error());
  EXPECT_EQ(elf->section(".modinfo"), "license=GPL");
  EXPECT_EQ(elf->section(".empty"), "");
  EXPECT_FALSE(elf->section(".text"));
}

TEST(Elf, ReadsTheBuildId) {
  const auto bytes = test::elf_with({{".note.gnu.build-id", test::build_id_note("\xab\xcd")}});
  EXPECT_EQ(Elf::parse(WholeBytes(bytes))->build_id(), "abcd");
  EXPECT_EQ(build_id_of_notes("short"), "");
}

TEST(Elf, RefusesWhatIsNone) {
  EXPECT_EQ(Elf::parse(WholeBytes("")).error().reason, "not an ELF file");
  EXPECT_EQ(Elf::parse(WholeBytes("#!/bin/sh\n")).error().reason, "not an ELF file");
}

TEST(Elf, EveryTruncationIsAnErrorNotACrash) {
  const std::string bytes = test::elf_with({{".modinfo", "license=GPL"}});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const WholeBytes source(std::string_view(bytes).substr(0, size));
    const auto elf = Elf::parse(source);
    ASSERT_FALSE(elf) << "cut at " << size;
    EXPECT_EQ(elf.error().kind, ErrorKind::malformed);
  }
}

TEST(Elf, ANameMayBeLong) {
  const std::string bytes =
      test::elf_with({{std::string(10'000, 'x'), "code"}, {".modinfo", "license=GPL"}});
  const WholeBytes source(bytes);
  const auto elf = Elf::parse(source);
  ASSERT_TRUE(elf) << elf.error().reason;
  EXPECT_EQ(elf->section(".modinfo"), "license=GPL");
}

TEST(Elf, ASectionOutsideTheFileIsNamed) {
  std::string bytes = test::elf_with({{".modinfo", "license=GPL"}});
  const std::size_t header_of_modinfo = bytes.size() - 2 * 64;
  bytes[header_of_modinfo + 32 + 7] = '\x7f';
  EXPECT_EQ(Elf::parse(WholeBytes(bytes)).error().reason,
            "ELF section .modinfo lies outside the file");
}

}  // namespace
}  // namespace kmodsec
