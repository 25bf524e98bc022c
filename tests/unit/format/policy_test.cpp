// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(PolicyFile, ReadsTheFreezeLevel) {
  EXPECT_EQ(parse_policy("[freeze]\nlevel = \"all\"\n")->freeze_level, "all");
  EXPECT_EQ(parse_policy("")->freeze_level, "");
  EXPECT_EQ(parse_policy("[deny]\nmodules = [\"sctp\"]\n")->freeze_level, "");
}

TEST(PolicyFile, ErrorsNameTheLine) {
  EXPECT_EQ(parse_policy("[freeze]\nlevel = \"hard\"\n").error().reason,
            "line 2: freeze.level is none of signatures, lockdown, all");
  EXPECT_EQ(parse_policy("[freeze]\nlevel = 3\n").error().kind, ErrorKind::malformed);
  EXPECT_EQ(parse_policy("\n[frezee]\n").error().reason, "line 2: unknown table 'frezee'");
  EXPECT_TRUE(parse_policy("[freeze\n").error().reason.starts_with("line 1: "));
}

TEST(PolicyFile, WhatTheLibraryAssertsIsAnError) {
  for (const char* text : {"[[[[", "[[", "[a.", "= 1", "\"", "a.[", "[freeze]]"})
    EXPECT_FALSE(parse_policy(text)) << text;
}

TEST(PolicyFile, AKeyOutsideAsciiIsAnError) {
  EXPECT_EQ(parse_policy("d\xC3\xA9ny = 1\n").error().kind, ErrorKind::malformed);
  EXPECT_EQ(parse_policy("e\xC5\x88").error().kind, ErrorKind::malformed);
}

}  // namespace
}  // namespace kmodsec
