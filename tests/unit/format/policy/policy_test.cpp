// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy/policy.hpp"

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
  EXPECT_EQ(parse_policy("[freeze]\nlevel = \"all\"\n")->freeze.level, FreezeLevel::all);
  EXPECT_EQ(parse_policy("")->freeze.level, std::nullopt);
  EXPECT_EQ(parse_policy("[deny]\nmodules = [\"sctp\"]\n")->freeze.level, std::nullopt);
}

TEST(PolicyFile, ErrorsNameTheLine) {
  EXPECT_EQ(parse_policy("[freeze]\nlevel = \"hard\"\n").error().reason,
            "line 2: freeze.level is not one of signatures, lockdown, all");
  EXPECT_EQ(parse_policy("[freeze]\nlevel = 3\n").error().kind, ErrorKind::malformed);
  EXPECT_EQ(parse_policy("\n[frezee]\n").error().reason,
            "line 2: unknown key 'frezee' in a policy; did you mean freeze?");
  EXPECT_TRUE(parse_policy("[freeze\n").error().reason.starts_with("line 1: "));
}

/// Each part of a key is a table inside of the one before, and all of them are taken down at once.
TEST(PolicyFile, DepthIsRefusedBeforeItIsBuilt) {
  std::string dots = "a";
  for (int i = 0; i < 400'000; ++i) dots += ".a";
  for (const std::string& text :
       {dots + " = 1\n", "[" + dots + "]\n", "[[" + dots + "]]\n", "x = {" + dots + " = 1}\n",
        "x = '''\n'''\n" + dots + "\n", "x = \"\"\"\"\"\"\"\"\n" + dots + "\n", "x = '\n" + dots,
        "x = \"\\\"\" # \"\n" + dots + "\n"}) {
    const std::string complaint = complaint_of(text);
    EXPECT_THAT(complaint, ::testing::ContainsRegex("line [123]: "));
    EXPECT_LT(complaint.size(), 200U);
  }
  EXPECT_EQ(complaint_of("x = " + std::string(200'000, '[')), "line 1: lists inside of lists");
  EXPECT_EQ(complaint_of("[a]\nx = 1\ny." + dots), "line 3: a key with too many parts");
}

TEST(PolicyFile, DotsInTextsAndCommentsAreNoDepth) {
  const std::string dots(100, '.');
  const auto policy =
      parse_policy("# " + dots + "\n[[exception]]\nmodule = \"loop\"\nreason = \"" + dots +
                   "\" # " + dots + "\nuntil = 2027-01-31T18:00:00.5Z\n[deny]\nexcept = []\n");
  EXPECT_TRUE(policy) << policy.error().reason;
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
  EXPECT_EQ(complaint_of("[deny]\nmodule = [\"x\"]\n"),
            "line 2: unknown key 'module' in [deny]; did you mean modules?");
  EXPECT_EQ(complaint_of("[deny]\nmodules = \"x\"\n"), "line 2: modules is not a list");
  EXPECT_EQ(complaint_of("[deny]\nmodules = [\n\"x\",\n\"*\"]\n"),
            "line 4: '*' is not the name of a module");
  EXPECT_EQ(complaint_of("[deny]\nmodules = [1]\n"),
            "line 2: a module in deny.modules is not a text, or is empty");
  EXPECT_EQ(complaint_of("[deny]\nprofiles = [\"CIS 1\"]\n"),
            "line 2: 'CIS 1' is not the name of a profile");
  EXPECT_EQ(complaint_of("[deny]\non_attempt = \"log\"\n"),
            "line 2: deny.on_attempt is not one of fail, pretend");
  EXPECT_EQ(complaint_of("[deny]\ninitramfs = true\n"),
            "line 2: deny.initramfs is not one of include, exclude");
  EXPECT_EQ(complaint_of("\ndeny = [\"x\"]\n"), "line 2: deny is not a table");
}

TEST(PolicyFile, ReadsAllTheRest) {
  const auto policy = parse_policy(
      "[deny]\nexcept = [\"squashfs\"]\nautoload_by_users = true\n"
      "[[exception]]\nmodule = \"usb-storage\"\nuntil = 2026-12-01T08:00:00+02:00\n"
      "reason = \"restore\"\n"
      "[load]\nmodules = [\"nf-conntrack\"]\n"
      "[options]\nsnd-dummy = \"index=1\"\n"
      "[freeze]\nlevel = \"all\"\nrequire = [\"nf_conntrack\"]\n"
      "[audit_rules]\nenabled = true\n",
      "/etc/kmodsec/policy.toml");
  ASSERT_TRUE(policy) << policy.error().reason;
  EXPECT_THAT(policy->deny.except, ElementsAre("squashfs"));
  EXPECT_TRUE(policy->deny.autoload_by_users);
  ASSERT_EQ(policy->exceptions.size(), 1U);
  EXPECT_EQ(policy->exceptions[0].module, "usb_storage");
  EXPECT_EQ(policy->exceptions[0].until, 1796104800);
  EXPECT_THAT(policy->load, ElementsAre("nf_conntrack"));
  EXPECT_EQ(policy->options.at(0).module, "snd_dummy");
  EXPECT_EQ(policy->options.at(0).parameters, "index=1");
  EXPECT_EQ(policy->freeze.source, "/etc/kmodsec/policy.toml");
  EXPECT_THAT(policy->freeze.require, ElementsAre("nf_conntrack"));
  EXPECT_TRUE(policy->audit_rules);
}

TEST(PolicyFile, SaysWhatIsKept) {
  const auto policy = parse_policy(
      "[deny]\neverything_else = true\n"
      "[keep]\nmode = \"enforce\"\nmodules = [\"usb-storage\"]\nprofiles = [\"a-list\"]\n"
      "classes = [\"usb-input\", \"usb-input\"]\n");
  ASSERT_TRUE(policy) << policy.error().reason;
  EXPECT_TRUE(policy->deny.everything_else);
  EXPECT_EQ(policy->keep.mode, KeepMode::enforce);
  EXPECT_THAT(policy->keep.modules, ElementsAre("usb_storage"));
  EXPECT_THAT(policy->keep.profiles, ElementsAre("a-list"));
  EXPECT_THAT(policy->keep.classes, ElementsAre("usb-input"));
}

TEST(PolicyFile, OnlyObservesUntilItSaysOtherwise) {
  const auto policy = parse_policy("[deny]\neverything_else = true\n");
  EXPECT_EQ(policy->keep.mode, KeepMode::observe);
  EXPECT_FALSE(denies_everything_else(*policy));
}

TEST(PolicyFile, RefusesWhatItCannotKeep) {
  EXPECT_EQ(complaint_of("[keep]\nmode = \"on\"\n"),
            "line 2: keep.mode is not one of observe, enforce");
  EXPECT_EQ(complaint_of("[keep]\nclasses = [\"a b\"]\n"),
            "line 2: 'a b' is not the name of a class");
  EXPECT_EQ(complaint_of("[keep]\nmodules = [\"a b\"]\n"),
            "line 2: 'a b' is not the name of a module");
}

TEST(PolicyFile, ALaterFileAddsAndReplaces) {
  auto first = parse_policy(
      "[deny]\nmodules = [\"a\"]\n[options]\nd = \"x=1\"\n[freeze]\n"
      "level = \"all\"\n",
      "first");
  const auto both =
      parse_policy("[deny]\nmodules = [\"a\", \"b\"]\n[options]\nd = \"x=2\"\n", "second", *first);
  EXPECT_THAT(both->sources, ElementsAre("first", "second"));
  EXPECT_THAT(both->deny.modules, ElementsAre("a", "b"));
  ASSERT_EQ(both->options.size(), 1U);
  EXPECT_EQ(both->options[0].parameters, "x=2");
  EXPECT_EQ(both->freeze.level, FreezeLevel::all);
}

TEST(PolicyFile, ASwitchIsTrueOrFalse) {
  EXPECT_EQ(complaint_of("[deny]\nautoload_by_users = \"yes\"\n"),
            "line 2: deny.autoload_by_users is not true or false");
  const auto off = parse_policy("[deny]\nautoload_by_users = false\n", "second",
                                *parse_policy("[deny]\nautoload_by_users = true\n", "first"));
  EXPECT_FALSE(off->deny.autoload_by_users);
}

TEST(PolicyFile, NothingInItBeginsAnotherLine) {
  EXPECT_EQ(complaint_of("[options]\ndummy = \"a=1\\ninstall x /bin/sh\"\n"),
            "line 2: options.dummy is more than one plain line");
  EXPECT_EQ(complaint_of("[options]\n\"a b\" = \"x=1\"\n"),
            "line 2: 'a b' is not the name of a module");
}

TEST(PolicyFile, ADayLastsToItsEnd) {
  const auto policy = parse_policy(
      "[deny]\n\n[[waiver]]\ncheck = \"SIG-001\"\nreason = \"x\"\nowner = \"y\"\nuntil = "
      "2027-01-31\n",
      "a.toml");
  ASSERT_TRUE(policy) << to_string(policy.error());
  ASSERT_EQ(policy->waivers.size(), 1U);
  EXPECT_EQ(policy->waivers[0].until, 1801439999) << "2027-01-31T23:59:59Z";
  EXPECT_EQ(policy->waivers[0].source, "a.toml");
  EXPECT_EQ(policy->waivers[0].line, 3U);
}

TEST(PolicyFile, AWaiverIsOfACheckOrOfAGap) {
  const std::string rest = "reason = \"x\"\nowner = \"y\"\nuntil = 2027-01-31\n";
  const auto policy = parse_policy(
      "[[waiver]]\ngap = \"/var/log/audit\"\nwhy = \"is not there\"\n" + rest, "a.toml");
  ASSERT_TRUE(policy) << to_string(policy.error());
  EXPECT_EQ(policy->waivers[0].check, "");
  EXPECT_EQ(policy->waivers[0].gap, "/var/log/audit");
  EXPECT_EQ(policy->waivers[0].why, "is not there");
  EXPECT_EQ(complaint_of("[[waiver]]\n" + rest),
            "line 1: a [[waiver]] has neither a check nor a gap");
  EXPECT_EQ(complaint_of("[[waiver]]\ncheck = \"SIG-001\"\ngap = \"x\"\n" + rest),
            "line 1: a [[waiver]] has a check or a gap, not both");
  EXPECT_NE(complaint_of("[[waiver]]\ngap = \"x\"\nsubject = \"y\"\n" + rest).find("subject"),
            std::string::npos);
  EXPECT_NE(complaint_of("[[waiver]]\ngap = \"\"\n" + rest), "");
}

TEST(PolicyFile, ErrorsInTheRestNameTheLine) {
  const std::string exception = "[[exception]]\nmodule = \"a\"\nreason = \"x\"\n";
  EXPECT_EQ(complaint_of(exception), "line 1: until is missing");
  EXPECT_EQ(complaint_of(exception + "until = 2026-12-01T06:00:00\n"),
            "line 4: until is neither a day, such as 2027-01-31, nor a time with its zone, such as "
            "2027-01-31T18:00:00Z");
  EXPECT_EQ(complaint_of("[deny]\nmodulse = []\n"),
            "line 2: unknown key 'modulse' in [deny]; did you mean modules?");
  EXPECT_EQ(complaint_of("[audit_rules]\nenabled = 1\n"),
            "line 2: audit_rules.enabled is not true or false");
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
