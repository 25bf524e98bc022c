// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/paragraph.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace kmodsec {
namespace {

Style wide(std::size_t width) { return Style(false, width); }

TEST(Columns, TheFirstOfATextAreWholeCharacters) {
  EXPECT_EQ(first_columns("läuft", 2), "lä");
  EXPECT_EQ(first_columns("läuft", 0), "");
  EXPECT_EQ(first_columns("läuft", 9), "läuft");
}

TEST(Columns, CountCharactersAndNoEscapes) {
  EXPECT_EQ(columns_of("module"), 6U);
  EXPECT_EQ(columns_of("✗ löss → 5"), 10U);
  EXPECT_EQ(columns_of("\033[1;31mbad\033[0m"), 3U);
  EXPECT_EQ(columns_of(""), 0U);
  EXPECT_EQ(columns_of("\033[1"), 3U) << "no escape sequence, as it has no end";
}

TEST(Columns, OfTheWidestTokenThatFits) {
  EXPECT_EQ(widest_token("a-word-that-is-none /etc/fstab:1: and 0123456789abcdef", 80), 16U);
  EXPECT_EQ(widest_token("/etc/a \033[1m/etc/a/longer/one\033[0m", 80), 17U);
  EXPECT_EQ(widest_token("/etc/a /etc/a/longer/one", 10), 6U);
  EXPECT_EQ(widest_token("0123456789 beefs", 80), 0U) << "too short for an id";
}

TEST(Labelled, PutsFurtherLinesBelowTheText) {
  EXPECT_EQ(labelled("who", "one two three", {.indent = 2, .width = 5}, wide(15)),
            "  who  one two\n       three\n");
  EXPECT_EQ(labelled("a long one", "x", {.width = 4}, wide(80)), "a long onex\n");
}

TEST(Paragraph, BreaksAtBlanksAndHangs) {
  EXPECT_EQ(paragraph("one two three four", 2, wide(10)), "one two\n  three\n  four\n");
  EXPECT_EQ(paragraph("Label   one two three", 8, wide(17)), "Label   one two\n        three\n");
  EXPECT_EQ(paragraph("", 4, wide(10)), "\n");
}

TEST(Paragraph, FitsExactly) {
  EXPECT_EQ(paragraph("one two", 0, wide(7)), "one two\n");
  EXPECT_EQ(paragraph("one two", 0, wide(6)), "one\ntwo\n");
}

TEST(Paragraph, CountsCharactersNotBytes) {
  EXPECT_EQ(paragraph("über öfter", 0, wide(10)), "über öfter\n");
}

TEST(Paragraph, LeavesNothingTrailing) {
  EXPECT_EQ(paragraph("one   two ", 0, wide(5)), "one\ntwo\n");
  EXPECT_EQ(paragraph("one  ", 0, wide(80)), "one\n");
}

TEST(Paragraph, KeepsBlanksWithinALine) {
  EXPECT_EQ(paragraph("  a   b", 4, wide(80)), "  a   b\n");
}

TEST(Paragraph, LetsAWordOverflowThatIsLongerThanTheLine) {
  EXPECT_EQ(paragraph("see /a/very/long/path now", 2, wide(10)),
            "see\n  /a/very/long/path\n  now\n");
}

TEST(Paragraph, DoesNotBreakWhereThatMakesNoRoom) {
  EXPECT_EQ(paragraph("file:   /a/very/long/path", 8, wide(12)), "file:   /a/very/long/path\n");
}

TEST(Paragraph, NeverBreaksACommand) {
  EXPECT_EQ(paragraph("run " + unbroken("kmodsec deny usb_storage") + " now", 2, wide(12)),
            "run\n  kmodsec deny usb_storage\n  now\n");
  EXPECT_EQ(paragraph("or ('kmodsec revert 3') it", 0, wide(12)), "or\n('kmodsec revert 3')\nit\n");
}

TEST(Paragraph, KnowsACommandByWhatIsBeforeIt) {
  EXPECT_EQ(paragraph("unused: kmodsec unload dummy, then kmodsec deny dummy", 2, wide(24)),
            "unused:\n  kmodsec unload dummy,\n  then\n  kmodsec deny dummy\n");
  EXPECT_EQ(paragraph("the policy of kmodsec asks for it", 2, wide(21)),
            "the policy of kmodsec\n  asks for it\n");
}

TEST(Paragraph, AQuoteWithoutEndIsNoCommand) {
  EXPECT_EQ(paragraph("'kmodsec a b", 0, wide(9)), "'kmodsec\na b\n");
}

TEST(Paragraph, EndsAColourWithItsLine) {
  EXPECT_EQ(paragraph("\033[31mone two\033[0m x", 2, wide(5)),
            "\033[31mone\033[0m\n  \033[31mtwo\033[0m\n  x\n");
}

TEST(Paragraph, ColoursTakeNoRoom) {
  EXPECT_EQ(paragraph("\033[1mone\033[0m \033[2mtwo\033[0m", 0, wide(7)),
            "\033[1mone\033[0m\033[2m two\033[0m\n");
}

TEST(Paragraph, HostileTextCannotForgeAnUnbrokenWord) {
  const std::string shown = printable(
      "a\x1f"
      "b\x1b[31m c\n");
  EXPECT_EQ(paragraph(shown, 0, wide(20)), "a\\x1fb\\x1b[31m c\\n\n");
}

TEST(Paragraph, OfMuchTextTakesLinearTime) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "'kmodsec ";
  EXPECT_FALSE(paragraph(text, 2, wide(60)).empty());
}

TEST(Wrap, GoesOnFromTheColumnOfItsIndent) {
  EXPECT_EQ(fill("one two three", {.indent = 4, .width = 12, .column = 4}), "one two\n    three");
}

TEST(WordsInLines, AreIndented) {
  EXPECT_EQ(words_in_lines({"loop", "sctp", "dccp"}, 2, wide(12)), "  loop sctp\n  dccp\n");
}

TEST(Gaps, HangBelowTheirMark) {
  EXPECT_EQ(print_gaps({{"/proc/keys", "no such file"}}, wide(20)),
            "? /proc/keys: no\n  such file\n");
}

}  // namespace
}  // namespace kmodsec
