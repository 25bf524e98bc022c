// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/byte_reader.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

constexpr std::string_view bytes("\x01\x02\x03\x04", 4);

TEST(ByteReader, ReadsBothByteOrders) {
  EXPECT_EQ(ByteReader(bytes).integer<std::uint32_t>(0), 0x04030201U);
  EXPECT_EQ(ByteReader(bytes, std::endian::big).integer<std::uint32_t>(0), 0x01020304U);
  EXPECT_EQ(ByteReader(bytes).integer<std::uint8_t>(3), 4);
}

TEST(ByteReader, NothingLiesOutside) {
  EXPECT_FALSE(ByteReader(bytes).integer<std::uint32_t>(1));
  EXPECT_FALSE(ByteReader(bytes).integer<std::uint8_t>(4));
  EXPECT_FALSE(ByteReader(bytes).slice(2, UINT64_MAX));
  EXPECT_FALSE(ByteReader(bytes).slice(UINT64_MAX, 1));
  EXPECT_EQ(ByteReader(bytes).slice(4, 0), "");
}

TEST(ByteReader, AStringNeedsItsEnd) {
  EXPECT_EQ(ByteReader(std::string_view("ab\0c", 4)).c_string(1), "b");
  EXPECT_FALSE(ByteReader("ab").c_string(0));
}

}  // namespace
}  // namespace kmodsec
