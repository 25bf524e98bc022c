// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/byte_stream.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/sipped_stream.hpp"

namespace kmodsec::test {
namespace {

const std::string text = "some bytes";

template <class Stream>
void expect_takes(Stream& stream) {
  stream.skip(stream.peek(5).substr(0, 5).size());
  EXPECT_EQ(stream.take(3).view(), "byt");
  EXPECT_EQ(stream.position(), 8);
  EXPECT_EQ(stream.take(0).view(), "");
  EXPECT_EQ(stream.take(100).view(), "es");
  EXPECT_EQ(stream.take(1).view(), "");
  EXPECT_EQ(stream.position(), text.size());
}

TEST(ByteStream, TakesWhatIsThere) {
  SippedStream sipped(text);
  expect_takes(sipped);
  WholeStream whole(text);
  expect_takes(whole);
  WholeStream shared{SharedBytes(text)};
  expect_takes(shared);
}

TEST(ByteStream, SharesWhatStaysInMemory) {
  SharedBytes kept, copied;
  {
    const SharedBytes all(text);
    WholeStream stream(all);
    kept = stream.take(4);
    EXPECT_EQ(kept.view().data(), all.view().data());
    WholeStream of_others(all.view());
    copied = of_others.take(4);
    EXPECT_NE(copied.view().data(), all.view().data());
  }
  EXPECT_EQ(kept.view(), "some");
  EXPECT_EQ(copied.view(), "some");
}

}  // namespace
}  // namespace kmodsec::test
