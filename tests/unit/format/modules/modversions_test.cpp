// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/modversions.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "support/bytes.hpp"
#include "support/module_builder.hpp"

namespace kmodsec::test {
namespace {

using Versions = std::vector<SymbolVersion>;

std::string big(std::uint64_t value, std::size_t size) {
  std::string bytes = little(value, size);
  std::ranges::reverse(bytes);
  return bytes;
}

std::string entry(const std::string& crc, std::string name) {
  name.resize(64 - crc.size());
  return crc + name;
}

Result<Versions> versions_of(const std::vector<SectionSpec>& sections) {
  const std::string bytes = elf_with(sections);
  const WholeBytes source(bytes);
  return read_modversions(*Elf::parse(source));
}

TEST(Modversions, AreReadInFileOrder) {
  const std::string section = entry(little(0x8930c9ff, 8), "module_layout") +
                              entry(little(7, 8), ".opd_symbol") + entry(little(1, 8), "a");
  EXPECT_EQ(versions_of({{"__versions", section}}),
            (Versions{{"module_layout", 0x8930c9ff}, {"opd_symbol", 7}, {"a", 1}}));
}

TEST(Modversions, OfEachWordSizeAndByteOrder) {
  const Versions expected{{"module_layout", 0x8930c9ff}};
  const std::string name = "module_layout";
  EXPECT_EQ(parse_modversions(entry(little(0x8930c9ff, 4), name), false, std::endian::little),
            expected);
  EXPECT_EQ(parse_modversions(entry(big(0x8930c9ff, 4), name), false, std::endian::big), expected);
  EXPECT_EQ(parse_modversions(entry(big(0x8930c9ff, 8), name), true, std::endian::big), expected);
}

TEST(Modversions, TheExtendedTableCountsWhereBothAreThere) {
  const std::string name(100, 'n');
  EXPECT_EQ(versions_of({{"__versions", entry(little(1, 8), "short")},
                         {"__version_ext_crcs", little(1, 4) + little(2, 4)},
                         {"__version_ext_names",
                          "short" + std::string(1, '\0') + name + std::string(2, '\0')}}),
            (Versions{{"short", 1}, {name, 2}}));
}

TEST(Modversions, AModuleWithoutThemHasNone) { EXPECT_EQ(versions_of({}), Versions{}); }

TEST(Modversions, WhatIsCutOrDoesNotEndIsMalformed) {
  const std::string section = entry(little(1, 8), "printk");
  EXPECT_EQ(versions_of({{"__versions", section.substr(0, 40)}}).error().reason,
            "symbol versions are cut short");
  EXPECT_EQ(versions_of({{"__versions", entry(little(1, 8), std::string(56, 'x'))}}).error().reason,
            "the name of a symbol version does not end");
  const std::string one_name = "a" + std::string(1, '\0');
  EXPECT_EQ(parse_extended_modversions(little(1, 4) + little(2, 4), one_name, std::endian::little)
                .error()
                .reason,
            "there are fewer names than symbol versions");
  EXPECT_EQ(parse_extended_modversions("abc", one_name, std::endian::little).error().kind,
            ErrorKind::malformed);
}

}  // namespace
}  // namespace kmodsec::test
