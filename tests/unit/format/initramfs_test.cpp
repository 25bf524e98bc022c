// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/initramfs.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/cpio_builder.hpp"
#include "support/kernel_builder.hpp"
#include "support/packers.hpp"

namespace kmodsec::test {
namespace {

constexpr std::size_t limit = 1024UL * 1024;

std::string microcode() {
  return cpio({cpio_folder("kernel"), {"kernel/x86/microcode/GenuineIntel.bin", "microcode"}});
}

std::string modules() { return cpio({cpio_folder("lib"), {"lib/a.ko", "module"}}); }

std::string zeros(std::size_t count) { return std::string(count, '\0'); }

std::vector<std::string> paths(std::string bytes) {
  const auto image = parse_initramfs(std::move(bytes), limit);
  if (!image) return {image.error().reason};
  std::vector<std::string> all;
  for (const CpioEntry& entry : image->entries()) all.emplace_back(entry.path);
  return all;
}

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
  const auto image = parse_initramfs(GetParam().pack(modules() + "junk"), limit);
  ASSERT_FALSE(image);
  EXPECT_EQ(image.error().kind, ErrorKind::malformed);
}

TEST_P(PackedInitramfs, ABombIsTooLarge) {
  const std::string half = GetParam().pack(modules() + zeros(limit / 2));
  const std::string padding = zeros(8 - half.size() % 4);
  EXPECT_EQ(paths(half), (Paths{"lib", "lib/a.ko"}));
  const auto image = parse_initramfs(half + padding + half, limit);
  ASSERT_FALSE(image);
  EXPECT_EQ(image.error().kind, ErrorKind::too_large);
}

TEST_P(PackedInitramfs, MayExpandFarMoreThanUsual) {
  const std::string packed =
      GetParam().pack(modules() + cpio({{"zeros", zeros(limit / 4)}}) + modules());
  const auto image = parse_initramfs(packed, limit);
  ASSERT_TRUE(image) << image.error().reason;
  ASSERT_EQ(image->entries().size(), 5U);
  EXPECT_EQ(image->entries()[2].content, zeros(limit / 4));
  EXPECT_EQ(image->entries()[4].content, "module");
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

TEST(Initramfs, EntriesOutliveAMove) {
  auto image = parse_initramfs(gzip(modules()), limit);
  ASSERT_TRUE(image);
  const Initramfs moved = std::move(*image);
  EXPECT_EQ(moved.entries().back().content, "module");
}

TEST(Initramfs, OtherBytesAreAnError) {
  for (const std::string& bytes :
       {std::string(), zeros(512), gzip(zeros(512)), std::string("\177ELF"), modules() + "junk"}) {
    const auto image = parse_initramfs(bytes, limit);
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
  EXPECT_EQ(parse_initramfs(image, limit).error().kind, ErrorKind::too_large);
}

TEST(Initramfs, StandsInAUnifiedKernelImage) {
  EXPECT_EQ(
      paths(pe_file({{".linux", "x"}, {".initrd", zstd(modules())}, {".ucode", microcode()}})),
      both_parts);
  const auto none = parse_initramfs(unified_image("x"), limit);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace kmodsec::test
