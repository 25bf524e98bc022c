// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/compression.hpp"

#include <gtest/gtest.h>

#include "support/packers.hpp"

namespace kmodsec {
namespace {

using test::gzip;
using test::xz;
using test::zstd;

constexpr std::size_t limit = 16UL * 1024 * 1024;

struct Packer {
  const char* name;
  std::string (*pack)(const std::string&);
};

class Compressed : public testing::TestWithParam<Packer> {};

TEST_P(Compressed, ComesBackWhole) {
  for (const std::size_t size : {0UL, 1UL, 1000UL, 3000000UL}) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += static_cast<char>('a' + i * i % 26);
    const auto content = decompress(GetParam().pack(text), limit);
    ASSERT_TRUE(content) << to_string(content.error());
    EXPECT_EQ(*content, text);
  }
}

TEST_P(Compressed, ACutIsAnError) {
  const std::string whole = GetParam().pack(std::string(5000, 'x') + "end");
  for (std::size_t size = 8; size < whole.size(); ++size) {
    const auto content = decompress(whole.substr(0, size), limit);
    ASSERT_FALSE(content) << "cut at " << size;
    EXPECT_EQ(content.error().kind, ErrorKind::malformed);
  }
}

TEST_P(Compressed, ABombIsTooLarge) {
  const auto content = decompress(GetParam().pack(std::string(limit + 1, '\0')), limit);
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().kind, ErrorKind::too_large);
}

TEST_P(Compressed, ABombIsTooLargeWhateverTheLimit) {
  const auto content =
      decompress(GetParam().pack(std::string(4 * limit, '\0')), std::size_t{1} << 40U);
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().kind, ErrorKind::too_large);
}

/// As zcat, xzcat and zstdcat do, and kmod.
TEST_P(Compressed, PartsAreReadAsOne) {
  const std::string big(70000, 'b');
  for (const std::string& second :
       {std::string("b"), big, std::string(70000, 'c'), std::string()}) {
    const auto content = decompress(GetParam().pack(big) + GetParam().pack(second), limit);
    ASSERT_TRUE(content) << to_string(content.error());
    EXPECT_EQ(*content, big + second);
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, Compressed,
                         testing::Values(Packer{"gzip", gzip}, Packer{"xz", xz},
                                         Packer{"zstd", zstd}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Compression, IsToldByMagicAlone) {
  EXPECT_EQ(compression_of("\177ELF"), Compression::none);
  EXPECT_EQ(compression_of(""), Compression::none);
  EXPECT_EQ(to_string(compression_of(xz("x"))), "xz");
  EXPECT_EQ(*decompress("plain", 5), "plain");
}

/// gzread(3), which kmod uses, and zcat pass over what is no member.
TEST(Compression, WhatFollowsAGzipMemberIsPassedOver) {
  for (const std::string& rest : {std::string("x"), std::string("\x1f"), std::string(512, '\0')})
    EXPECT_EQ(decompress(gzip("text") + rest, limit), "text");
  EXPECT_FALSE(decompress(gzip("text") + "\x1f\x8b\x08 but no more", limit));
}

TEST(Compression, ManyEmptyMembersAreNothing) {
  std::string members;
  for (int i = 0; i < 1000; ++i) members += gzip("");
  EXPECT_EQ(decompress(members + gzip("end"), limit), "end");
}

}  // namespace
}  // namespace kmodsec
