// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/offered_command.hpp"

#include <gtest/gtest.h>

#include "report/paragraph.hpp"

namespace kmodsec {
namespace {

const AskedMachine tree{"--root /mnt", {{"deny", true}, {"load", false}}};

TEST(OfferedCommand, OfTheRunningSystemStaysAsItIs) {
  EXPECT_EQ(offered_for("fix: kmodsec deny x", {}), "fix: kmodsec deny x");
}

TEST(OfferedCommand, NamesTheMachine) {
  EXPECT_EQ(offered_for("fix: kmodsec deny x", tree), "fix: kmodsec deny x --root /mnt");
  EXPECT_EQ(offered_for("try it: kmodsec deny x. Then", tree),
            "try it: kmodsec deny x --root /mnt. Then");
  EXPECT_EQ(offered_for("a, then kmodsec deny x; b", tree),
            "a, then kmodsec deny x --root /mnt; b");
  EXPECT_EQ(offered_for("'kmodsec deny x' closes", tree), "'kmodsec deny x --root /mnt' closes");
  EXPECT_EQ(offered_for("it: \033[32mkmodsec deny x\033[0m", tree),
            "it: \033[32mkmodsec deny x --root /mnt\033[0m");
  EXPECT_EQ(paragraph(unbroken("kmodsec deny x"), 0, Style(false, 80, tree)),
            "kmodsec deny x --root /mnt\n");
}

TEST(OfferedCommand, OfAVerbThatTakesNoTreeIsForThatHost) {
  EXPECT_EQ(offered_for("'kmodsec load x' loads it", tree),
            "'kmodsec load x' on that host loads it");
  EXPECT_EQ(offered_for("fix: kmodsec load x", tree), "fix: kmodsec load x on that host");
}

TEST(OfferedCommand, NamesTheStoreOfItsVerb) {
  const AskedMachine stored{
      "--root /mnt", {{"deny", true}, {"baseline", true}}, {{"baseline", "--store '/a b'"}}};
  EXPECT_EQ(offered_for("fix: kmodsec baseline create", stored),
            "fix: kmodsec baseline create --root /mnt --store '/a b'");
  EXPECT_EQ(offered_for("'kmodsec deny x' closes", stored), "'kmodsec deny x --root /mnt' closes");
  EXPECT_EQ(
      offered_for("'kmodsec baseline accept' records it", {{}, {}, {{"baseline", "--store x"}}}),
      "'kmodsec baseline accept --store x' records it");
}

TEST(OfferedCommand, LeavesProseAndOtherVerbsAlone) {
  for (const char* text :
       {"kmodsec deny closes it", "the kmodsec: a b", "'kmodsec explain ID' tells", "kmodsec",
        "it: kmodsec", "'kmodsec deny x"})
    EXPECT_EQ(offered_for(text, tree), text);
}

TEST(ShellWord, IsOneWordForAShell) {
  EXPECT_EQ(shell_word("/mnt/disk-1"), "/mnt/disk-1");
  EXPECT_EQ(shell_word("a b"), "'a b'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(shell_word("~root"), "'~root'");
}

}  // namespace
}  // namespace kmodsec
