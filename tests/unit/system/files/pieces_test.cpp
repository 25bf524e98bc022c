// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/pieces.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

TEST(Pieces, AreTheWholeFileCutBehindLines) {
  std::string text;
  for (int i = 0; i < 30'000; ++i) text += "line " + std::to_string(i) + "\n";
  text += "no end";
  MemoryRoot root;
  root.add_file("/f", text);
  std::string seen;
  int pieces = 0;
  const auto read = for_each_piece(root, "/f", "\n", [&](std::string_view piece) {
    EXPECT_TRUE(piece.ends_with('\n') || piece == "no end");
    seen += piece;
    ++pieces;
    return true;
  });
  ASSERT_TRUE(read);
  EXPECT_EQ(seen, text);
  EXPECT_GT(pieces, 3);
}

TEST(Pieces, FindASeparatorThatLiesAcrossTwoReads) {
  constexpr std::size_t read_step = 64UL * 1024;
  MemoryRoot root;
  root.add_file("/f", std::string(read_step - 1, 'a') + "\n\nb");
  std::vector<std::string> pieces;
  ASSERT_TRUE(for_each_piece(root, "/f", "\n\n", [&](std::string_view piece) {
    pieces.emplace_back(piece);
    return true;
  }));
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_TRUE(pieces[0].ends_with("a\n\n"));
  EXPECT_EQ(pieces[1], "b");
}

TEST(Pieces, StopWhenNoMoreIsWanted) {
  MemoryRoot root;
  root.add_file("/f", std::string(200'000, '\n'));
  int pieces = 0;
  const auto count = [&](std::string_view) { return ++pieces < 2; };
  ASSERT_TRUE(for_each_piece(root, "/f", "\n", count));
  EXPECT_EQ(pieces, 2);
}

TEST(Pieces, AMissingFileIsAnError) {
  const MemoryRoot root;
  const auto read = for_each_piece(root, "/f", "\n", [](std::string_view) { return true; });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace kmodsec::test
