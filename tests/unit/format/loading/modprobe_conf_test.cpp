// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/modprobe_conf.hpp"

#include <gtest/gtest.h>

#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

using namespace std::string_view_literals;

LoadConfig parsed(std::string_view text) { return parse_modprobe_conf(text, "a.conf"); }

ConfigLine only_line(std::string_view text) {
  const LoadConfig config = parsed(text);
  EXPECT_EQ(config.lines.size(), 1U) << text;
  return config.lines.empty() ? ConfigLine{} : config.lines.front();
}

std::string only_problem(std::string_view text) {
  const LoadConfig config = parsed(text);
  EXPECT_TRUE(config.lines.empty()) << text;
  EXPECT_EQ(config.problems.size(), 1U) << text;
  return config.problems.empty() ? "" : config.problems.front().reason;
}

TEST(ModprobeConf, ReadsEveryDirective) {
  const LoadConfig config = parsed(
      "alias net-pf-9 off\n"
      "blacklist floppy\n"
      "options loop max_loop=8\n"
      "install udf /bin/false\n"
      "remove dummy /sbin/rmmod dummy\n"
      "softdep snd pre: a post: b\n"
      "weakdep c d\n");
  ASSERT_EQ(config.lines.size(), 7U);
  EXPECT_TRUE(config.problems.empty());
  EXPECT_EQ(config.lines[0].name, "net_pf_9");
  EXPECT_EQ(config.lines[0].argument, "off");
  EXPECT_EQ(config.lines[3].directive, Directive::install);
  EXPECT_EQ(config.lines[3].argument, "/bin/false");
  EXPECT_EQ(config.lines[6].source, "a.conf");
  EXPECT_EQ(config.lines[6].line, 7U);
}

TEST(ModprobeConf, ABackslashJoinsLines) {
  const LoadConfig config = parsed("install x\\\n  /bin/false\nblacklist y\n");
  ASSERT_EQ(config.lines.size(), 2U);
  EXPECT_EQ(config.lines[0].argument, " /bin/false");
  EXPECT_EQ(config.lines[0].line, 1U);
  EXPECT_EQ(config.lines[1].line, 3U);
}

TEST(ModprobeConf, ACommentTakesTheContinuedLineWithIt) {
  EXPECT_TRUE(parsed("# old \\\nblacklist floppy\n").lines.empty());
}

TEST(ModprobeConf, ABackslashElsewhereVanishes) {
  EXPECT_EQ(only_line("options foo a=\\\"b\\\"\n").argument, "a=\"b\"");
  EXPECT_EQ(only_line("blacklist x\\\\\n").name, "x\\");
}

TEST(ModprobeConf, ACommentStartsInTheFirstColumnOnly) {
  EXPECT_EQ(only_problem("  # blacklist floppy\n"), "unknown directive '#'");
  EXPECT_EQ(only_line("blacklist floppy # why\n").name, "floppy");
  EXPECT_EQ(only_line("install floppy /bin/false # why\n").argument, "/bin/false # why");
}

TEST(ModprobeConf, WhatModprobeDropsIsAProblem) {
  EXPECT_EQ(only_problem("blacklist\n"), "'blacklist' lacks an argument");
  EXPECT_EQ(only_problem("install udf\n"), "'install' lacks an argument");
  EXPECT_EQ(only_problem("alias x\n"), "'alias' lacks an argument");
  EXPECT_EQ(only_problem("blacklist a[b\n"), "brackets do not pair");
  EXPECT_EQ(only_problem("alias a b]\n"), "brackets do not pair");
  EXPECT_EQ(only_problem("include /etc/x\n"), "'include' is no longer read");
  EXPECT_EQ(only_problem("Blacklist floppy\n"), "unknown directive 'Blacklist'");
  EXPECT_EQ(only_problem("blacklist x\\").substr(0, 29), "the file ends in a backslash:");
}

TEST(ModprobeConf, WordsThatCountForNothingAreAProblemOfALineThatCounts) {
  const LoadConfig config = parse_modprobe_conf(
      "blacklist a b\nalias x y z w\nblacklist c # why\nblacklist d \noptions e a=1 b=2\n", "/x");
  EXPECT_EQ(config.lines.size(), 5U);
  ASSERT_EQ(config.problems.size(), 2U);
  EXPECT_EQ(config.problems[0].reason,
            "'blacklist' takes no more than one name: 'b' counts for nothing");
  EXPECT_EQ(config.problems[1].line, 2U);
}

TEST(ModprobeConf, AWindowsLineEndBelongsToTheName) {
  EXPECT_EQ(only_line("blacklist floppy\r\n").name, "floppy\r");
}

TEST(ModprobeConf, NothingCountsAfterANul) {
  EXPECT_EQ(only_line("blacklist flo\0ppy\n"sv).name, "flo");
}

TEST(ModprobeConf, ASoftdepNamesModulesBeforeAndBehind) {
  const auto config = parsed("softdep a stray pre: b-c d post: e\nsoftdep f pre:\n");
  ASSERT_EQ(config.lines.size(), 2U);
  EXPECT_EQ(config.lines[0].pre, (std::vector<std::string>{"b_c", "d"}));
  EXPECT_EQ(config.lines[0].post, (std::vector<std::string>{"e"}));
  EXPECT_TRUE(config.lines[1].pre.empty());
}

}  // namespace
}  // namespace kmodsec
