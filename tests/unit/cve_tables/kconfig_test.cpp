// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/kconfig.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(Kconfig, TellsTypes) {
  const auto symbols = parse_kconfig(
      "menuconfig A\n\ttristate \"a\"\n\nconfig B\n\tdef_bool y\n\nconfig C\n\tint \"c\"\n"
      "config D\n\tdef_tristate m\n");
  EXPECT_EQ(symbols.size(), 3U);
  EXPECT_EQ(symbols.at("A"), KconfigType::tristate);
  EXPECT_EQ(symbols.at("B"), KconfigType::boolean);
  EXPECT_EQ(symbols.at("D"), KconfigType::tristate);
}

TEST(Kconfig, TakesLinesThatAreNotIndented) {
  EXPECT_EQ(parse_kconfig("config IPV6_VTI\ntristate \"vti\"\n").at("IPV6_VTI"),
            KconfigType::tristate);
}

TEST(Kconfig, PassesOverHelp) {
  const auto symbols = parse_kconfig(
      "config A\n\tbool \"a\"\n\thelp\n\n\t  config B is\n\t  tristate no more\n\nconfig "
      "C\n\ttristate\n");
  EXPECT_EQ(symbols.size(), 2U);
  EXPECT_EQ(symbols.at("A"), KconfigType::boolean);
  EXPECT_EQ(symbols.at("C"), KconfigType::tristate);
}

}  // namespace
}  // namespace kmodsec
