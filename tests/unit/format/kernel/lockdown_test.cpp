// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/lockdown.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(Lockdown, TheLevelInForceStandsInBrackets) {
  EXPECT_EQ(parse_lockdown("[none] integrity confidentiality\n"), Lockdown::none);
  EXPECT_EQ(parse_lockdown("none [integrity] confidentiality\n"), Lockdown::integrity);
  EXPECT_EQ(parse_lockdown("none integrity [confidentiality]\n"), Lockdown::confidentiality);
}

TEST(Lockdown, NoLevelIsNotTheLevelNone) {
  for (const std::string_view text : {"", "none integrity", "[]", "[", "[total]"})
    EXPECT_FALSE(parse_lockdown(text)) << text;
}

}  // namespace
}  // namespace kmodsec
