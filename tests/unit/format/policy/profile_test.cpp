// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy/profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kmodsec {
namespace {

using ::testing::ElementsAre;

const std::string head = "name = \"ours\"\ntitle = \"T\"\ndescription = \"D\"\n";

std::string profile_complaint(const std::string& text) {
  const auto profile = parse_profile(text);
  return profile ? "accepted" : profile.error().reason;
}

TEST(ProfileFile, IsRead) {
  const auto profile = parse_profile(head +
                                     "includes = [\"cis-level-1\"]\n"
                                     "[[module]]\n"
                                     "name = \"usb_storage\"\n"
                                     "reason = \"R\"\n"
                                     "source = \"S\"\n"
                                     "breaks = \"B\"\n"
                                     "[[module]]\n"
                                     "name = \"sctp\"\n"
                                     "reason = \"R2\"\n"
                                     "source = \"S2\"\n");
  ASSERT_TRUE(profile) << profile.error().reason;
  EXPECT_EQ(profile->name, "ours");
  EXPECT_EQ(profile->title, "T");
  EXPECT_EQ(profile->description, "D");
  EXPECT_THAT(profile->includes, ElementsAre("cis-level-1"));
  ASSERT_EQ(profile->modules.size(), 2U);
  EXPECT_EQ(profile->modules[0].name, "usb_storage");
  EXPECT_EQ(profile->modules[0].reason, "R");
  EXPECT_EQ(profile->modules[0].source, "S");
  EXPECT_EQ(profile->modules[0].breaks, "B");
  EXPECT_EQ(profile->modules[1].breaks, "");
}

TEST(ProfileFile, MayOnlyInclude) {
  EXPECT_EQ(profile_complaint(head + "includes = [\"a\"]\n"), "accepted");
  EXPECT_EQ(profile_complaint(head), "line 1: it has no [[module]] and includes nothing");
}

TEST(ProfileFile, WhatIsMissingIsAnError) {
  EXPECT_EQ(profile_complaint(""), "line 1: name is missing");
  EXPECT_EQ(profile_complaint("name = \"a\"\n"), "line 1: title is missing");
  EXPECT_EQ(profile_complaint(head + "[[module]]\nname = \"x\"\nsource = \"S\"\n"),
            "line 4: reason is missing");
  EXPECT_EQ(profile_complaint(head + "[[module]]\nname = \"x\"\nreason = \"R\"\n"),
            "line 4: source is missing");
  EXPECT_EQ(profile_complaint(head + "[[module]]\nname = \"x\"\nreason = \" \"\nsource = \"S\"\n"),
            "line 6: reason is not a text, or is empty");
}

TEST(ProfileFile, UnknownKeysAreErrors) {
  EXPECT_EQ(profile_complaint(head + "modules = [\"x\"]\n"),
            "line 4: unknown key 'modules' in a profile; did you mean module?");
  EXPECT_EQ(profile_complaint(head + "[[module]]\nname = \"x\"\nwhy = \"R\"\n"),
            "line 6: unknown key 'why' in [[module]]");
}

TEST(ProfileFile, NamesAreSpeltAsTheKernelDoes) {
  const auto named = [](const std::string& name) {
    return head + "[[module]]\nname = \"" + name + "\"\nreason = \"R\"\nsource = \"S\"\n";
  };
  EXPECT_EQ(profile_complaint(named("xt_LOG")), "accepted");
  EXPECT_EQ(profile_complaint(named("usb-storage")),
            "line 5: 'usb-storage' is written usb_storage");
  EXPECT_EQ(profile_complaint(named("a b")), "line 5: 'a b' is not the name of a module");
  EXPECT_EQ(profile_complaint(named("*")), "line 5: '*' is not the name of a module");
  EXPECT_EQ(profile_complaint(named(std::string(55, 'a'))), "accepted");
  EXPECT_NE(profile_complaint(named(std::string(56, 'a'))), "accepted");
}

TEST(ProfileFile, AModuleStandsThereOnce) {
  const std::string module = "[[module]]\nname = \"x\"\nreason = \"R\"\nsource = \"S\"\n";
  EXPECT_EQ(profile_complaint(head + module + module), "line 8: x is listed twice");
}

TEST(ProfileFile, OtherTypesAreErrors) {
  EXPECT_EQ(profile_complaint(head + "module = 3\n"), "line 4: module is not a list");
  EXPECT_EQ(profile_complaint(head + "module = [3]\n"),
            "line 4: module is not a list of [[module]] tables");
  EXPECT_EQ(profile_complaint(head + "includes = \"a\"\n"), "line 4: includes is not a list");
  EXPECT_EQ(profile_complaint(head + "includes = [1]\n"),
            "line 4: the name of a profile is not a text, or is empty");
  EXPECT_EQ(profile_complaint("name = \"../x\"\n"), "line 1: '../x' is not the name of a profile");
}

}  // namespace
}  // namespace kmodsec
