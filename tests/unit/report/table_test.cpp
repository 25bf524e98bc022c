// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/table.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

constexpr std::size_t least = 6;

Style of_width(std::size_t width) { return Style(false, width); }

TEST(Table, AlignsItsColumns) {
  Table table({{"Name"}, {"Size", 0, true}, {"Use"}});
  table.add({"loop", "7", "mount"});
  table.add({"dm_mod", "1234", "-"});
  EXPECT_EQ(table.print(of_width(80)),
            "Name    Size  Use\n"
            "loop       7  mount\n"
            "dm_mod  1234  -\n");
}

TEST(Table, HasNoTitlesWhereNoneAreGiven) {
  Table table({TableColumn{}, TableColumn{}}, 2);
  table.add({"a", "b"});
  EXPECT_EQ(table.print(of_width(80)), "  a  b\n");
  EXPECT_EQ(Table({{"Name"}}).print(of_width(80)), "");
}

TEST(Table, WrapsByColumn) {
  Table table({{}, {{}, least}, {{}, least}});
  table.add({"ab", "one two three", "four five six"});
  EXPECT_EQ(table.print(of_width(22)),
            "ab  one two   four\n"
            "    three     five six\n");
}

TEST(Table, PutsBelowWhatHasNoRoomBeside) {
  Table table({{"Name"}, {"Kind"}, {"Used by", least}});
  table.add({"nf_tables", "signed", "nft_compat"});
  table.add({"loop", "signed", "-"});
  EXPECT_EQ(table.print(of_width(20)),
            "Name       Kind\n"
            "    Used by\n"
            "nf_tables  signed\n"
            "    nft_compat\n"
            "loop       signed\n");
}

TEST(Table, KeepsAnIdWhole) {
  Table table({{}, {{}, least}, {{}, least}});
  table.add({"ab", "one two three", "\033[2m0123456789abcdef is it\033[0m"});
  EXPECT_EQ(table.print(of_width(30)),
            "ab  one two  \033[2m0123456789abcdef\033[0m\n"
            "    three    \033[2mis it\033[0m\n");
  EXPECT_EQ(table.print(of_width(24)),
            "ab  one two three\n"
            "    \033[2m0123456789abcdef is\033[0m\n"
            "    \033[2mit\033[0m\n");
}

TEST(Table, LeavesOutAColumnThatIsEmpty) {
  Table table({{"Name"}, {"Kernel"}, {"Size"}});
  table.add({"loop", "", "1"});
  EXPECT_EQ(table.print(of_width(80)), "Name  Size\nloop  1\n");
}

TEST(Table, CutsAWordOnlyWhereAnotherColumnFollows) {
  Table table({{{}, least}, {{}, least}});
  table.add({"linux-image-6.1.0", "/a/very/long/path"});
  EXPECT_EQ(table.print(of_width(14)),
            "linux-  /a/very/long/path\n"
            "image-\n"
            "6.1.0\n");
}

TEST(Table, CutsAWordInTheLastColumnWhereThatBeginsFarToTheRight) {
  Table table({{}, {{}, least}});
  table.add({"a_module_with_quite_a_long_name", "GPL " + std::string(9, 'x')});
  EXPECT_EQ(table.print(of_width(40)),
            "a_module_with_quite_a_long_name  GPL\n"
            "                                 xxxxxxx\n"
            "                                 xx\n");
}

TEST(Table, CountsCharactersNotBytesOrEscapes) {
  Table table({TableColumn{}, TableColumn{}});
  table.add({"\033[31mläuft\033[0m", "x"});
  table.add({"steht", "y"});
  EXPECT_EQ(table.print(of_width(80)), "\033[31mläuft\033[0m  x\nsteht  y\n");
}

TEST(Table, ANameOfAnyLengthLeavesTheOthersTheirOrder) {
  Table table({{}, {}, {{}, least}});
  table.add({std::string(300, 'x'), "open", "because of it"});
  EXPECT_EQ(table.print(of_width(40)), std::string(300, 'x') + "\n    open  because of it\n");
}

}  // namespace
}  // namespace kmodsec
