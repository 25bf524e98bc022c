// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/kernel_unpacking.hpp"

#include <gtest/gtest.h>
#include <lzma.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "format/files/compression.hpp"
#include "support/packers.hpp"

namespace kmodsec::test {
namespace {

const std::string text(5000, 'm');

std::string xz_checked_by(lzma_check check, const std::vector<lzma_filter>& before = {}) {
  lzma_options_lzma options{};
  lzma_lzma_preset(&options, 6);
  std::vector<lzma_filter> filters = before;
  filters.push_back({LZMA_FILTER_LZMA2, &options});
  filters.push_back({LZMA_VLI_UNKNOWN, nullptr});
  std::string out(2 * text.size(), '\0');
  std::size_t used = 0;
  if (lzma_stream_buffer_encode(
          filters.data(), check, nullptr, reinterpret_cast<const unsigned char*>(text.data()),
          text.size(), reinterpret_cast<unsigned char*>(out.data()), &used, out.size()) != LZMA_OK)
    throw std::runtime_error("xz");
  out.resize(used);
  return out;
}

bool names(const std::string& packed, std::string_view words) {
  EXPECT_TRUE(decompress(packed, 1UL << 20U)) << "kmod reads it";
  return kernel_unpacking_flaw(packed).find(words) != std::string::npos;
}

TEST(KernelUnpacking, ReadsWhatTheBuildOfAKernelMakes) {
  for (const std::string& packed : {text, gzip(text), xz(text), xz_for_x86(text), zstd(text),
                                    xz_checked_by(LZMA_CHECK_NONE), std::string()})
    EXPECT_EQ(kernel_unpacking_flaw(packed), "");
}

TEST(KernelUnpacking, KnowsNoOtherCheckThanCrc32) {
  EXPECT_TRUE(names(xz_checked_by(LZMA_CHECK_CRC64), "xz --check=crc32"));
  EXPECT_TRUE(names(xz_checked_by(LZMA_CHECK_SHA256), "EINVAL"));
}

TEST(KernelUnpacking, KnowsFewFilters) {
  lzma_options_delta delta{};
  delta.type = LZMA_DELTA_TYPE_BYTE;
  delta.dist = 4;
  EXPECT_TRUE(names(xz_checked_by(LZMA_CHECK_CRC32, {{LZMA_FILTER_DELTA, &delta}}), "filters"));
  EXPECT_TRUE(names(
      xz_checked_by(LZMA_CHECK_CRC32, {{LZMA_FILTER_X86, nullptr}, {LZMA_FILTER_ARM, nullptr}}),
      "filters"));
}

TEST(KernelUnpacking, ReadsTheFirstPartAlone) {
  EXPECT_TRUE(names(gzip(text) + gzip("more"), "gzip members"));
  EXPECT_TRUE(names(xz(text) + xz("more"), "xz streams"));
  EXPECT_TRUE(names(xz(text) + std::string(8, '\0') + xz("more"), "xz streams"));
  EXPECT_TRUE(names(zstd(text) + zstd("more"), "zstd frames"));
}

TEST(KernelUnpacking, PassesOverWhatFollows) {
  const std::string nothing("\x50\x2a\x4d\x18\x04\0\0\0\x28\xb5\x2f\xfd", 12);
  EXPECT_EQ(kernel_unpacking_flaw(zstd(text) + nothing), "");
  EXPECT_EQ(kernel_unpacking_flaw(xz(text) + std::string(8, '\0')), "");
  EXPECT_EQ(kernel_unpacking_flaw(gzip(text) + "behind it"), "");
}

TEST(KernelUnpacking, PassesOverANameInAGzipHeaderOnly) {
  std::string packed = gzip(text);
  packed[3] = '\x08';
  packed.insert(10, "dummy.ko", 9);
  EXPECT_EQ(kernel_unpacking_flaw(packed), "");
  packed[3] = '\x10';
  EXPECT_TRUE(names(packed, "gzip header")) << "a comment";
}

TEST(KernelUnpacking, StopsAtADamagedFile) {
  for (const std::string& whole : {gzip(text) + gzip("more"), xz(text), zstd(text)}) {
    for (std::size_t size = 0; size < whole.size(); ++size)
      static_cast<void>(kernel_unpacking_flaw(whole.substr(0, size)));
  }
}

}  // namespace
}  // namespace kmodsec::test
