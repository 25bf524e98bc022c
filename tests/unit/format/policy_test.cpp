// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kmodsec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string complaint_of(std::string_view text) {
  const auto policy = parse_policy(text);
  return policy ? "accepted" : policy.error().reason;
}

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

TEST(PolicyFile, ReadsWhatToDeny) {
  const auto policy = parse_policy(
      "[deny]\n"
      "profiles = [\"cis-level-1\", \"2026-emergencies\"]\n"
      "modules = [\"algif_aead\", \"usb-storage\"]\n"
      "on_attempt = \"pretend\"\n"
      "initramfs = \"exclude\"\n");
  ASSERT_TRUE(policy) << policy.error().reason;
  EXPECT_THAT(policy->deny.profiles, ElementsAre("cis-level-1", "2026-emergencies"));
  EXPECT_THAT(policy->deny.modules, ElementsAre("algif_aead", "usb_storage"));
  EXPECT_EQ(policy->deny.on_attempt, DenyAnswer::pretend);
  EXPECT_EQ(policy->deny.initramfs, DenyInInitramfs::exclude);
}

TEST(PolicyFile, DeniesNothingUnlessTold) {
  const DenyPolicy deny = parse_policy("[deny]\n")->deny;
  EXPECT_THAT(deny.profiles, IsEmpty());
  EXPECT_THAT(deny.modules, IsEmpty());
  EXPECT_EQ(deny.on_attempt, DenyAnswer::fail);
  EXPECT_EQ(deny.initramfs, DenyInInitramfs::include);
}

TEST(PolicyFile, ErrorsInDenyNameTheLine) {
  EXPECT_EQ(complaint_of("[deny]\nmodule = [\"x\"]\n"), "line 2: unknown key 'module' in [deny]");
  EXPECT_EQ(complaint_of("[deny]\nmodules = \"x\"\n"), "line 2: modules is not a list");
  EXPECT_EQ(complaint_of("[deny]\nmodules = [\n\"x\",\n\"*\"]\n"),
            "line 4: '*' is not the name of a module");
  EXPECT_EQ(complaint_of("[deny]\nmodules = [1]\n"),
            "line 2: a module in deny.modules is not a text, or is empty");
  EXPECT_EQ(complaint_of("[deny]\nprofiles = [\"CIS 1\"]\n"),
            "line 2: 'CIS 1' is not the name of a profile");
  EXPECT_EQ(complaint_of("[deny]\non_attempt = \"log\"\n"),
            "line 2: deny.on_attempt is none of fail, pretend");
  EXPECT_EQ(complaint_of("[deny]\ninitramfs = true\n"),
            "line 2: deny.initramfs is none of include, exclude");
  EXPECT_EQ(complaint_of("\ndeny = [\"x\"]\n"), "line 2: deny is not a table");
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
