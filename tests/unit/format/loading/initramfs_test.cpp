// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/initramfs.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/cpio_builder.hpp"
#include "support/kernel_builder.hpp"
#include "support/packers.hpp"
#include "support/sipped_stream.hpp"

namespace kmodsec::test {
namespace {

constexpr std::size_t limit = 1024UL * 1024;

std::string microcode() {
  return cpio({cpio_folder("kernel"), {"kernel/x86/microcode/GenuineIntel.bin", "microcode"}});
}

std::string modules() { return cpio({cpio_folder("lib"), {"lib/a.ko", "module"}}); }

std::string zeros(std::size_t count) { return std::string(count, '\0'); }

/// Of the whole, or as the reader meets it when it is read from a file.
template <class Stream>
Result<std::vector<CpioEntry>> parse(std::string_view bytes, InitramfsUnpacking unpacking) {
  const auto places = initramfs_places(WholeBytes(bytes));
  if (!places) return std::unexpected(places.error());
  InitramfsReader reader(limit, [](const CpioEntry&, std::string_view) { return true; }, unpacking);
  for (const PeSection& place : *places) {
    Stream stream(bytes.substr(place.offset, place.size));
    const Result<void> added = reader.add(stream);
    if (!added) return std::unexpected(added.error());
  }
  return reader.take();
}

std::vector<std::string> paths(const Result<std::vector<CpioEntry>>& image) {
  if (!image) return {image.error().reason};
  std::vector<std::string> all;
  for (const CpioEntry& entry : *image) all.push_back(entry.path);
  return all;
}

/// The same in pieces and at once.
Result<std::vector<CpioEntry>> parse(std::string_view bytes) {
  auto pieces = parse<WholeStream>(bytes, InitramfsUnpacking::in_pieces);
  const auto whole = parse<WholeStream>(bytes, InitramfsUnpacking::at_once);
  EXPECT_EQ(paths(pieces), paths(whole));
  for (std::size_t i = 0; pieces && i < pieces->size(); ++i)
    EXPECT_TRUE((*pieces)[i].content.view() == (*whole)[i].content.view());
  return pieces;
}

std::vector<std::string> paths(std::string_view bytes) { return paths(parse(bytes)); }

using Paths = std::vector<std::string>;

const Paths both_parts = {"kernel", "kernel/x86/microcode/GenuineIntel.bin", "lib", "lib/a.ko"};

struct Packer {
  const char* name;
  std::string (*pack)(const std::string&);
};

class PackedInitramfs : public testing::TestWithParam<Packer> {};

TEST_P(PackedInitramfs, IsUnpackedBehindMicrocode) {
  const std::string packed = GetParam().pack(modules() + zeros(300));
  EXPECT_EQ(paths(packed), (Paths{"lib", "lib/a.ko"}));
  EXPECT_EQ(paths(microcode() + packed), both_parts);
  EXPECT_EQ(paths(microcode() + zeros(511) + packed + zeros(7)), both_parts);
}

TEST_P(PackedInitramfs, MayBeFollowedByMore) {
  const std::string packed = GetParam().pack(microcode());
  const std::string padding = zeros(8 - packed.size() % 4);
  EXPECT_EQ(paths(packed + padding + modules()), both_parts);
  EXPECT_EQ(paths(packed + padding + GetParam().pack(modules())), both_parts);
}

TEST_P(PackedInitramfs, HoldsOnlyArchives) {
  const auto image = parse(GetParam().pack(modules() + "junk"));
  ASSERT_FALSE(image);
  EXPECT_EQ(image.error().kind, ErrorKind::malformed);
}

TEST_P(PackedInitramfs, ABombIsTooLarge) {
  const std::string half = GetParam().pack(modules() + zeros(limit / 2));
  const std::string padding = zeros(8 - half.size() % 4);
  EXPECT_EQ(paths(half), (Paths{"lib", "lib/a.ko"}));
  const auto image = parse(half + padding + half);
  ASSERT_FALSE(image);
  EXPECT_EQ(image.error().kind, ErrorKind::too_large);
}

TEST_P(PackedInitramfs, MayExpandFarMoreThanUsual) {
  const std::string packed =
      GetParam().pack(modules() + cpio({{"zeros", zeros(limit / 4)}}) + modules());
  const auto image = parse(packed);
  ASSERT_TRUE(image) << image.error().reason;
  ASSERT_EQ(image->size(), 5U);
  EXPECT_EQ((*image)[2].content.view(), zeros(limit / 4));
  EXPECT_EQ((*image)[4].content.view(), "module");
}

TEST_P(PackedInitramfs, ComesWithAnyBorders) {
  const std::string large = cpio({{"large", zeros(limit / 4) + "x"}, {"last", "short"}});
  const std::string image =
      microcode() + zeros(512) + GetParam().pack(large + zeros(300)) + zeros(8);
  const auto sipped = parse<SippedStream>(image, InitramfsUnpacking::in_pieces);
  EXPECT_EQ(paths(sipped), paths(image));
  ASSERT_TRUE(sipped);
  EXPECT_EQ((*sipped)[2].content.view(), zeros(limit / 4) + "x");
  const std::string cut = image.substr(0, image.size() - 20);
  EXPECT_EQ(parse<SippedStream>(cut, InitramfsUnpacking::in_pieces).error().kind,
            ErrorKind::malformed);
  EXPECT_EQ(parse(cut).error().kind, ErrorKind::malformed);
}

INSTANTIATE_TEST_SUITE_P(Formats, PackedInitramfs,
                         testing::Values(Packer{"gzip", gzip}, Packer{"xz", xz},
                                         Packer{"zstd", zstd}, Packer{"lzma", lzma},
                                         Packer{"bzip2", bzip2}, Packer{"lz4", lz4_legacy},
                                         Packer{"lzo", lzop}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Initramfs, MayBePlain) {
  EXPECT_EQ(paths(microcode() + modules()), both_parts);
  EXPECT_EQ(paths(zeros(512) + microcode() + zeros(512) + modules()), both_parts);
}

TEST(Initramfs, OtherBytesAreAnError) {
  for (const std::string& bytes :
       {std::string(), zeros(512), gzip(zeros(512)), std::string("\177ELF"), modules() + "junk"}) {
    const auto image = parse(bytes);
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().kind, ErrorKind::malformed);
  }
}

TEST(Initramfs, ErrorsTellTheirPart) {
  const std::string front = microcode();
  std::string packed = gzip(modules());
  packed.resize(packed.size() / 2);
  EXPECT_EQ(paths(front + packed), Paths{"compressed data is damaged or cut short, in the part at "
                                         "byte " +
                                         std::to_string(front.size())});
  EXPECT_EQ(paths(front + zeros(1) + front), Paths{"a cpio entry is not aligned, in the part at "
                                                   "byte 0"});
}

TEST(Initramfs, PartsAreCounted) {
  std::string image;
  for (int i = 0; i < 65; ++i) image += gzip(modules());
  EXPECT_EQ(parse(image).error().kind, ErrorKind::too_large);
}

TEST(Initramfs, StandsInAUnifiedKernelImage) {
  EXPECT_EQ(
      paths(pe_file({{".linux", "x"}, {".initrd", zstd(modules())}, {".ucode", microcode()}})),
      both_parts);
  const auto none = parse(unified_image("x"));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace kmodsec::test
