// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/decoder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <string>

#include "support/packers.hpp"
#include "support/sipped_stream.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t decoder_limit = 24UL * 1024 * 1024;

/// Takes pieces of odd sizes, up to a number of bytes that is enough.
class Pieces final : public Destination {
 public:
  explicit Pieces(std::size_t enough = decoder_limit * 2) : enough_(enough) {}

  std::span<char> room() override {
    return std::span(piece_).first(piece_.size() - text.size() % 7);
  }

  bool filled(std::size_t size) override {
    text.append(piece_, 0, size);
    return text.size() < enough_;
  }

  std::string text;

 private:
  std::size_t enough_;
  std::string piece_ = std::string(10'007, '\0');
};

std::string varied(std::size_t size) {
  std::string text;
  text.reserve(size);
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>('a' + i * i / 1000 % 26);
  return text;
}

Result<std::string> unpacked(ByteStream& packed) {
  const auto decoder = kernel_decoder(packed.peek(packed_head_size));
  if (!decoder) return failure(ErrorKind::unsupported, "", "no decoder");
  Pieces pieces;
  const auto result = unpack(*decoder, packed, decoder_limit, pieces);
  if (!result) return std::unexpected(result.error());
  return pieces.text;
}

Result<std::string> unpacked(std::string_view packed) {
  WholeStream stream(packed);
  return unpacked(stream);
}

struct StreamPacker {
  const char* name;
  std::string (*pack)(const std::string&);
};

class PackedKernel : public testing::TestWithParam<StreamPacker> {};

TEST_P(PackedKernel, ComesBackWhole) {
  for (const std::size_t size : {1UL, 1000UL, 262'144UL, 9'000'000UL}) {
    const std::string text = varied(size);
    const auto content = unpacked(GetParam().pack(text));
    ASSERT_TRUE(content) << to_string(content.error());
    EXPECT_TRUE(*content == text) << size;
  }
}

TEST_P(PackedKernel, ComesBackWholeWhenItCannotBePressed) {
  std::string text;
  std::uint32_t state = 1;
  for (int i = 0; i < 300'000; ++i) text += static_cast<char>((state = state * 1664525 + 1) >> 24U);
  EXPECT_TRUE(unpacked(GetParam().pack(text)) == text);
}

TEST_P(PackedKernel, MayBeFollowedByItsSize) {
  const std::string text = varied(100'000);
  EXPECT_TRUE(unpacked(GetParam().pack(text) + std::string("\xA0\x86\1\0", 4)) == text);
}

TEST_P(PackedKernel, ACutIsAnError) {
  const std::string text = varied(5000);
  const std::string whole = GetParam().pack(text);
  for (std::size_t size = 14; size < whole.size(); size += 1 + size / 16) {
    const auto content = unpacked(std::string_view(whole).substr(0, size));
    ASSERT_FALSE(content) << "cut at " << size;
    EXPECT_EQ(content.error().kind, ErrorKind::malformed);
  }
}

TEST_P(PackedKernel, ABombIsTooLarge) {
  const auto content = unpacked(GetParam().pack(std::string(decoder_limit + 1, '\0')));
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().kind, ErrorKind::too_large);
}

TEST_P(PackedKernel, IsNotUnpackedFurtherThanNeeded) {
  const std::string packed = GetParam().pack(std::string(decoder_limit + 1, '\0'));
  WholeStream stream(packed);
  Pieces pieces(100'000);
  ASSERT_TRUE(unpack(*kernel_decoder(packed), stream, decoder_limit, pieces));
  EXPECT_LT(pieces.text.size(), 200'000);
}

TEST_P(PackedKernel, TakesNothingOfWhatFollows) {
  const std::string text = varied(1000);
  const std::string both = GetParam().pack(text) + std::string(600, '\0');
  WholeStream whole(both);
  test::SippedStream sipped(both);
  for (ByteStream* stream : std::initializer_list<ByteStream*>{&whole, &sipped}) {
    EXPECT_EQ(unpacked(*stream), text);
    EXPECT_EQ(both.find_first_not_of('\0', stream->position()), std::string::npos);
  }
  EXPECT_EQ(whole.position(), sipped.position());
}

TEST_P(PackedKernel, ComesWithAnyBorders) {
  const std::string text = varied(300'000);
  const std::string packed = GetParam().pack(text);
  test::SippedStream sipped(packed);
  EXPECT_TRUE(unpacked(sipped) == text);
  test::SippedStream cut(std::string_view(packed).substr(0, packed.size() / 2));
  EXPECT_EQ(unpacked(cut).error().kind, ErrorKind::malformed);
}

INSTANTIATE_TEST_SUITE_P(
    Formats, PackedKernel,
    testing::Values(StreamPacker{"gzip", test::gzip}, StreamPacker{"xz", test::xz},
                    StreamPacker{"xz_for_x86", test::xz_for_x86}, StreamPacker{"zstd", test::zstd},
                    StreamPacker{"lzma", test::lzma}, StreamPacker{"bzip2", test::bzip2},
                    StreamPacker{"lz4", test::lz4_legacy}, StreamPacker{"lzo", test::lzop}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Decoder, OtherBytesHaveNone) {
  for (const std::string_view bytes : {"", "\177ELF", "MZ", "\x89LZO", "\x02\x21"})
    EXPECT_FALSE(kernel_decoder(bytes));
}

TEST(Decoder, LzoBlocksAreNoLargerThanTheKernelTakes) {
  std::string packed = test::lzop(std::string(1000, 'x'));
  const std::size_t block = packed.find(std::string("\0\0\3\xE8", 4));
  packed.replace(block, 2, "\1\1");
  EXPECT_EQ(unpacked(packed).error().kind, ErrorKind::malformed);
}

TEST(Decoder, Lz4BlocksAreNotOutside) {
  std::string packed = test::lz4_legacy("some text");
  for (const std::string& size : {std::string(4, '\xFF'), std::string("\0\1\0\0", 4)}) {
    packed.replace(4, 4, size);
    EXPECT_EQ(unpacked(packed).error().kind, ErrorKind::malformed);
  }
}

}  // namespace
}  // namespace kmodsec
