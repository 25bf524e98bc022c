// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/text.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(Text, SplitsAtRunsOfBlanks) {
  EXPECT_EQ(split_words("  a\t b  c "), (std::vector<std::string_view>{"a", "b", "c"}));
  EXPECT_TRUE(split_words(" \t").empty());
}

TEST(Text, CountsThingsAsPeopleDo) {
  EXPECT_EQ(count_of(0, "module"), "0 modules");
  EXPECT_EQ(count_of(1, "module"), "1 module");
  EXPECT_EQ(count_of(2, "suspicious change"), "2 suspicious changes");
}

TEST(Text, CountsLinesFromOne) {
  std::vector<std::pair<std::string, std::size_t>> lines;
  for_each_line("a\n\nb", [&](std::string_view line, std::size_t number) {
    lines.emplace_back(line, number);
  });
  EXPECT_EQ(lines, (std::vector<std::pair<std::string, std::size_t>>{{"a", 1}, {"", 2}, {"b", 3}}));
}

TEST(Text, NumbersMustBeWhole) {
  EXPECT_EQ(parse_number<int>("42"), 42);
  EXPECT_FALSE(parse_number<int>("42x"));
  EXPECT_FALSE(parse_number<int>(""));
  EXPECT_FALSE(parse_number<std::uint8_t>("256"));
}

TEST(Text, BytesThatAreNoUtf8AreSpelledOut) {
  EXPECT_EQ(utf8_text("caf\xc3\xa9"), "café");
  EXPECT_EQ(utf8_text("a\xff z"), "a\\xff z");
  EXPECT_EQ(utf8_text("\xc3"), "\\xc3");
  EXPECT_EQ(utf8_text("\xc0\xaf"), "\\xc0\\xaf") << "overlong forms are not UTF-8";
  EXPECT_EQ(utf8_text("\xed\xa0\x80"), "\\xed\\xa0\\x80") << "surrogates are not UTF-8";
}

TEST(Text, TerminalsGetNoControlCharacters) {
  EXPECT_EQ(printable("a\033[31mb"), "a\\x1b[31mb");
  EXPECT_EQ(printable("two\nlines"), "two\\nlines");
  EXPECT_EQ(printable("\u202egnp.exe"), "\\u{202e}gnp.exe");
  EXPECT_EQ(printable("\u009b31m"), "\\x9b31m");
  EXPECT_EQ(printable("plain ünïcode"), "plain ünïcode");
}

TEST(Text, OffersANearNameOnly) {
  const std::vector<std::string> names = {"dummy", "nf_tables", "loop"};
  EXPECT_EQ(nearest("dumy", names), "dummy");
  EXPECT_EQ(nearest("nftables", names), "nf_tables");
  EXPECT_FALSE(nearest("bluetooth", names));
}

TEST(Text, VersionsCompareByNumber) {
  EXPECT_TRUE(version_less("6.1.0-9-amd64", "6.1.0-56-amd64"));
  EXPECT_TRUE(version_less("6.1.192", "6.12.1"));
  EXPECT_FALSE(version_less("6.12.1", "6.12.1"));
  EXPECT_TRUE(version_less("6.1", "6.1.1"));
}

}  // namespace
}  // namespace kmodsec
