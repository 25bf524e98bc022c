// SPDX-License-Identifier: GPL-2.0-or-later
// The formats in which only kernels and initramfs are packed, never modules.
#include <bzlib.h>
#include <lz4.h>
#include <lzo/lzo1x.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>

#include "base/byte_reader.hpp"
#include "format/files/decoder.hpp"

namespace kmodsec {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view gzip_magic = "\x1f\x8b"sv;
constexpr std::string_view xz_magic =
    "\xfd"
    "7zXZ\0"sv;
constexpr std::string_view zstd_magic = "\x28\xb5\x2f\xfd"sv;
constexpr std::string_view lzma_magic = "\x5d\0\0"sv;
constexpr std::string_view bzip2_magic = "BZh"sv;
constexpr std::string_view lz4_magic = "\x02\x21\x4c\x18"sv;
constexpr std::string_view lzo_magic = "\x89LZO\0\r\n\x1a\n"sv;
static_assert(lzo_magic.size() == packed_head_size, "the longest of them");

class Bzip2 final : public Decoder {
 public:
  bool start() { return BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK; }

  Step step(ByteStream& input, std::span<char>& output) override {
    constexpr std::size_t most = std::numeric_limits<unsigned>::max();
    const std::string_view bytes = input.peek();
    const auto in_before = static_cast<unsigned>(std::min(bytes.size(), most));
    const auto out_before = static_cast<unsigned>(std::min(output.size(), most));
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): it only reads there
    stream_.next_in = const_cast<char*>(bytes.data());
    stream_.avail_in = in_before;
    stream_.next_out = output.data();
    stream_.avail_out = out_before;
    const int result = BZ2_bzDecompress(&stream_);
    input.skip(in_before - stream_.avail_in);
    output = output.subspan(out_before - stream_.avail_out);
    if (result == BZ_STREAM_END) return Step::done;
    return result == BZ_OK ? Step::more : Step::damaged;
  }

 private:
  bz_stream stream_{};
  std::unique_ptr<bz_stream, int (*)(bz_stream*)> conflict_{&stream_, BZ2_bzDecompressEnd};
};

/// A format of blocks that are unpacked one at a time, each as a whole.
class Blocks : public Decoder {
 public:
  Step step(ByteStream& input, std::span<char>& output) final {
    if (ready_.empty()) {
      const Step next = unpack_block(input);
      if (next != Step::more) return next;
    }
    const std::size_t size = std::min(ready_.size(), output.size());
    std::ranges::copy(ready_.substr(0, size), output.begin());
    ready_.remove_prefix(size);
    output = output.subspan(size);
    return Step::more;
  }

 protected:
  /// Takes a block from the input and calls ready(); or finds the end, or damage.
  virtual Step unpack_block(ByteStream& input) = 0;

  void ready(std::string_view content) { ready_ = content; }

  char* buffer(std::size_t size) {
    if (buffer_.size() < size) buffer_.resize(size);
    return buffer_.data();
  }

 private:
  std::string buffer_;
  std::string_view ready_;
};

/// linux: lib/decompress_unlz4.c. The magic, then blocks of a size, u32, and that many bytes.
class Lz4Legacy final : public Blocks {
 protected:
  Step unpack_block(ByteStream& input) override {
    constexpr int most = 8 * 1024 * 1024;
    constexpr std::uint32_t most_packed = LZ4_COMPRESSBOUND(most);
    while (input.peek(lz4_magic.size()).starts_with(lz4_magic)) input.skip(lz4_magic.size());
    // The build of a kernel appends the size of the content, so four bytes are no block; zeros
    // pad an initramfs.
    constexpr std::size_t word = sizeof(std::uint32_t);
    const std::string_view head = input.peek(word + 1);
    if (head.size() <= word) return Step::done;
    const std::uint32_t size = *ByteReader(head).integer<std::uint32_t>(0);
    if (size == 0) return Step::done;
    if (size > most_packed) return Step::damaged;
    const auto block = ByteReader(input.peek(word + size)).slice(word, size);
    if (!block) return Step::damaged;
    const int written =
        LZ4_decompress_safe(block->data(), buffer(most), static_cast<int>(block->size()), most);
    if (written <= 0) return Step::damaged;
    input.skip(word + size);
    ready({buffer(most), static_cast<std::size_t>(written)});
    return Step::more;
  }
};

/// linux: lib/decompress_unlzo.c. A header, then blocks, all integers big-endian; a block of size
/// 0 ends them. The kernel checks none of the checksums.
class Lzo final : public Blocks {
 protected:
  Step unpack_block(ByteStream& input) override {
    constexpr std::size_t most = 256UL * 1024;
    constexpr std::size_t sizes = 8;
    if (!header_seen_ && !skip_header(input)) return Step::damaged;
    header_seen_ = true;
    const ByteReader head(input.peek(sizes), std::endian::big);
    const auto size = head.integer<std::uint32_t>(0);
    if (!size) return Step::damaged;
    if (*size == 0) return Step::done;
    const auto packed_size = head.integer<std::uint32_t>(4);
    if (*size > most || !packed_size || *packed_size > *size) return Step::damaged;
    const bool stored = *packed_size == *size;
    const std::size_t header = sizes + checksums_ + (stored ? 0 : packed_checksums_);
    const auto block = ByteReader(input.peek(header + *packed_size)).slice(header, *packed_size);
    if (!block || !unpack_content(*block, *size, stored)) return Step::damaged;
    input.skip(header + block->size());
    return Step::more;
  }

 private:
  bool unpack_content(std::string_view block, std::size_t size, bool stored) {
    char* output = buffer(size);
    ready({output, size});
    if (stored) {
      std::ranges::copy(block, output);
      return true;
    }
    lzo_uint written = size;
    const int result =
        lzo1x_decompress_safe(reinterpret_cast<const unsigned char*>(block.data()), block.size(),
                              reinterpret_cast<unsigned char*>(output), &written, nullptr);
    return result == LZO_E_OK && written == size;
  }

  bool skip_header(ByteStream& input) {
    constexpr std::uint16_t first_with_level = 0x0940;
    constexpr std::uint32_t has_filter = 0x800;
    constexpr std::size_t longest_header = 512;
    const std::string_view head = input.peek(longest_header);
    const ByteReader reader(head, std::endian::big);
    std::uint64_t at = lzo_magic.size();
    const auto version = reader.integer<std::uint16_t>(at);
    if (!version) return false;
    const bool new_form = *version >= first_with_level;
    at += new_form ? 8 : 5;  // versions, method and level
    const auto flags = reader.integer<std::uint32_t>(at);
    if (!flags) return false;
    at += 4 + ((*flags & has_filter) != 0 ? 4 : 0);
    at += new_form ? 12 : 8;  // mode and time
    const auto name_size = reader.integer<std::uint8_t>(at);
    if (!name_size) return false;
    constexpr std::size_t header_checksum = 4;
    at += 1 + *name_size + header_checksum;
    if (at > head.size()) return false;
    input.skip(at);
    const auto words = [&](std::uint32_t adler, std::uint32_t crc) {
      return ((*flags & adler) != 0 ? 4UL : 0UL) + ((*flags & crc) != 0 ? 4UL : 0UL);
    };
    checksums_ = words(0x1, 0x100);
    packed_checksums_ = words(0x2, 0x200);
    return true;
  }

  bool header_seen_ = false;
  std::size_t checksums_ = 0;
  std::size_t packed_checksums_ = 0;
};

}  // namespace

std::unique_ptr<Decoder> bzip2_decoder() {
  auto decoder = std::make_unique<Bzip2>();
  return decoder->start() ? std::move(decoder) : nullptr;
}

std::unique_ptr<Decoder> lz4_decoder() { return std::make_unique<Lz4Legacy>(); }

std::unique_ptr<Decoder> lzo_decoder() { return std::make_unique<Lzo>(); }

std::unique_ptr<Decoder> kernel_decoder(std::string_view head) {
  if (head.starts_with(gzip_magic)) return gzip_decoder();
  if (head.starts_with(xz_magic)) return xz_decoder(Rest::anything);
  if (head.starts_with(zstd_magic)) return zstd_decoder(Rest::anything);
  if (head.starts_with(lzma_magic)) return lzma_decoder();
  if (head.starts_with(bzip2_magic)) return bzip2_decoder();
  if (head.starts_with(lz4_magic)) return lz4_decoder();
  if (head.starts_with(lzo_magic)) return lzo_decoder();
  return nullptr;
}

}  // namespace kmodsec
