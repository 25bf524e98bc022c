// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/load_commands.hpp"

#include <gmock/gmock.h>

namespace kmodsec::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

LoadCommands commands_of(std::string_view script) {
  return load_commands(shell_commands(script, ShellText::script), {}, "/x");
}

/// "2:minix-": the line, and `-` past install lines, `+` past modprobe.
std::vector<std::string> loaded_by(std::string_view script) {
  std::vector<std::string> names;
  for (const LoadRequest& request : commands_of(script).requests)
    names.push_back(std::to_string(request.line) + ":" + request.name +
                    (request.past_install ? "-" : "") + (request.past_modprobe ? "+" : ""));
  return names;
}

TEST(ShellCommands, AreTheWordsOfEach) {
  const auto words = [](std::string_view text, ShellText kind = ShellText::script) {
    std::string all;
    for (const ShellCommand& command : shell_commands(text, kind)) {
      for (const std::string& word : command.words) all += word + "|";
      all += " ";
    }
    return all;
  };
  EXPECT_EQ(words("a b;c&&d"), "a|b| c| d| ");
  EXPECT_EQ(words("a 2>&1 >/x b&>/dev/null <  y c>z\n"), "a|b|c| ");
  EXPECT_EQ(words("  # a\nb # c\n"), "b|#|c| ");
  EXPECT_EQ(words("# a\n", ShellText::command), "#|a| ");
  EXPECT_EQ(words("a /x/$(uname -r)/y `id`z"), "a|/x/$/y|$z| uname|-r| id| ");
  EXPECT_EQ(words("a \\\n b"), "a|b| ");
  EXPECT_EQ(words("mod\\\nprobe x"), "modprobe|x| ");
  EXPECT_EQ(words("a\\\nb", ShellText::command), "a|b| ");
  EXPECT_EQ(words("a " + std::string(200'000, '>') + "\nb\n"), "a| b| ");
  EXPECT_EQ(words("a\\x2db", ShellText::command), "a-b| ");
  EXPECT_EQ(words("f() { g; }"), "f| {|g| }| ");
  EXPECT_EQ(words(std::string(200, '(') + "a" + std::string(200, ')')), "a| ");
}

TEST(LoadCommands, NameTheLine) {
  EXPECT_THAT(loaded_by("#!/bin/sh\nmodprobe minix\nif ! modprobe -i ufs; then exit 1; fi\n"),
              ElementsAre("2:minix", "3:ufs-"));
  EXPECT_THAT(loaded_by("# modprobe a\n[ -x /sbin/modprobe ] && modprobe b\n"), ElementsAre("2:b"));
  EXPECT_THAT(loaded_by("insmod ./a-b.ko\nnice /sbin/modprobe -ai c d >/dev/null\n"),
              ElementsAre("1:a_b+", "2:c-", "2:d-"));
  EXPECT_THAT(loaded_by("modprobe -i /lib/modules/6.1/fs/minix.ko\n"), ElementsAre("1:minix-"));
}

TEST(LoadCommands, WhoOnlySpeaksOfItLoadsNothing) {
  EXPECT_THAT(loaded_by("echo modprobe -i a\nwhich modprobe b\ncommand -v modprobe\n"
                        "cp /sbin/modprobe /x\ncopy_exec /sbin/modprobe /sbin\n"),
              IsEmpty());
}

TEST(LoadCommands, TakeTheVariableThatTheyAssign) {
  EXPECT_THAT(loaded_by("MODPROBE_OPTIONS=-i modprobe a\nmodprobe b\n"),
              ElementsAre("1:a-", "2:b"));
  EXPECT_THAT(loaded_by("env MODPROBE_OPTIONS=\"-q -i\" /sbin/modprobe a\n"), ElementsAre("1:a-"));
  EXPECT_THAT(loaded_by("export MODPROBE_OPTIONS='-i'\nmodprobe a\n"), ElementsAre("2:a-"));
  EXPECT_THAT(loaded_by("MODPROBE_OPTIONS=-i\nexport MODPROBE_OPTIONS\nmodprobe a\n"),
              ElementsAre("3:a-"));
  EXPECT_THAT(loaded_by("MODPROBE_OPTIONS=-i other\nmodprobe a\n"), ElementsAre("2:a"));
  EXPECT_THAT(loaded_by("sh -c 'export A MODPROBE_OPTIONS=-i; modprobe a'\n"), ElementsAre("1:a-"));
  const auto requests = commands_of("MODPROBE_OPTIONS='-C tmp/c/' modprobe a\n").requests;
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_THAT(requests[0].configuration, ElementsAre("/tmp/c"));
}

TEST(LoadCommands, TellOptionsThatBusyboxRefuses) {
  const auto only_kmod = [](std::string_view script) {
    return commands_of(script).requests.at(0).only_kmod;
  };
  EXPECT_TRUE(only_kmod("modprobe -qi a\n"));
  EXPECT_TRUE(only_kmod("modprobe --config=/x a\n"));
  EXPECT_FALSE(only_kmod("modprobe -qb a\n"));
  EXPECT_FALSE(only_kmod("MODPROBE_OPTIONS=-i modprobe a\n"));
}

TEST(LoadCommands, WhatIsMadeUpWhileItRunsIsUnclear) {
  EXPECT_THAT(
      commands_of("modprobe $a\nmodprobe -i $b\ninsmod /x/$c\ncat x | xargs modprobe -i\n").unclear,
      ElementsAre(2U, 3U, 4U));
  EXPECT_THAT(commands_of("modprobe -r $a\nmodprobe -n -i $b\n").unclear, IsEmpty());
}

TEST(EnvironmentLines, AreToldInEachSyntax) {
  for (const std::string_view line :
       {"MODPROBE_OPTIONS=-i", "export MODPROBE_OPTIONS='-q -C /x'", "setenv MODPROBE_OPTIONS -qi",
        "Environment=A=b \"MODPROBE_OPTIONS=--ignore-install\"",
        "MODPROBE_OPTIONS DEFAULT=-i OVERRIDE=", "MODPROBE_OPTIONS  OVERRIDE=\"-q -i\"",
        "MODPROBE_OPTIONS=$OTHER", "Environment=MODPROBE_OPTIONS=\\"}) {
    EXPECT_TRUE(sets_modprobe_options(line)) << line;
    EXPECT_TRUE(sets_options_past_denies(line)) << line;
  }
  EXPECT_TRUE(sets_modprobe_options("export MODPROBE_OPTIONS=-qb"));
  EXPECT_FALSE(sets_options_past_denies("export MODPROBE_OPTIONS=-qb"));
  for (const std::string_view line :
       {" # MODPROBE_OPTIONS=-i", "; MODPROBE_OPTIONS=-i", "A=b", "unset MODPROBE_OPTIONS",
        "UnsetEnvironment=MODPROBE_OPTIONS"})
    EXPECT_FALSE(sets_modprobe_options(line)) << line;
}

TEST(LoadCommands, LongOptionsComeToTheSame) {
  std::string options;
  for (int i = 0; i < 5000; ++i) options += "-q ";
  const auto few = bounded_modprobe_options(options + "-i -C /x -b");
  EXPECT_THAT(few, ElementsAre("--ignore-install", "--use-blacklist", "--config=/dev/null"));
}

}  // namespace
}  // namespace kmodsec::test
