// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/gunzip.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/packers.hpp"

namespace kmodsec::test {
namespace {

constexpr std::size_t limit = 1024UL * 1024;

TEST(Gunzip, UnpacksAtOnce) {
  for (const std::size_t size : {0UL, 1UL, 5000UL, limit}) {
    const std::string content(size, 'x');
    const std::string packed = gzip(content);
    const auto unpacked = gunzip(packed, limit);
    ASSERT_TRUE(unpacked) << size;
    EXPECT_TRUE(unpacked->content == content);
    EXPECT_EQ(unpacked->packed_size, packed.size());
  }
}

TEST(Gunzip, LeavesAllElseToTheDecoder) {
  const std::string packed = gzip(std::string(5000, 'x') + "end");
  EXPECT_FALSE(gunzip("", limit));
  EXPECT_FALSE(gunzip(packed, 5002));
  EXPECT_FALSE(gunzip(packed + "behind it", limit));
  for (std::size_t size = 1; size < packed.size(); ++size)
    EXPECT_FALSE(gunzip(packed.substr(0, size), limit)) << size;
  for (std::size_t i = packed.size() - 8; i < packed.size(); ++i) {
    std::string damaged = packed;
    damaged[i] ^= 1;
    EXPECT_FALSE(gunzip(damaged, limit)) << i;
  }
}

}  // namespace
}  // namespace kmodsec::test
