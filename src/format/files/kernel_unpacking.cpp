// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/kernel_unpacking.hpp"

#include <lzma.h>
#include <zstd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>

#include "format/files/compression.hpp"
#include "format/files/decoder.hpp"

namespace kmodsec {
namespace {

const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned octet(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

/// What is unpacked is of no interest here.
class Nowhere final : public Destination {
 public:
  std::span<char> room() override { return room_; }
  bool filled(std::size_t) override { return true; }

 private:
  static constexpr std::size_t size = 64UL * 1024;
  std::string room_ = std::string(size, '\0');
};

/// Whether a second member follows the first. Most files have nowhere in them how one begins.
bool has_more_members(std::string_view bytes) {
  constexpr std::string_view magic = "\x1f\x8b";
  constexpr std::string_view start = "\x1f\x8b\x08";
  if (bytes.find(start, start.size()) == std::string_view::npos) return false;
  const auto decoder = gzip_decoder();
  if (!decoder) return false;
  WholeStream packed(bytes);
  Nowhere nowhere;
  if (!unpack(*decoder, packed, most_unpacked(bytes.size()), nowhere)) return false;
  return bytes.substr(packed.position()).starts_with(magic);
}

/// The kernel passes over a name in the header, and over nothing else.
std::string gzip_flaw(std::string_view bytes) {
  constexpr std::size_t flags_at = 3;
  constexpr unsigned has_checksum = 0x02;
  constexpr unsigned has_extra = 0x04;
  constexpr unsigned has_comment = 0x10;
  if ((octet(bytes, flags_at) & (has_checksum | has_extra | has_comment)) != 0)
    return "its gzip header has fields that the kernel's decoder does not pass over: gzip -n";
  if (has_more_members(bytes))
    return "it has several gzip members, of which the kernel's decoder reads only the first: zcat "
           "it into one";
  return {};
}

/// The first block's filters: one of the processor's kind may precede LZMA2, and nothing else.
std::string filter_flaw(std::string_view bytes) {
  constexpr std::size_t block_at = LZMA_STREAM_HEADER_SIZE;
  if (octet(bytes, block_at) == 0) return {};
  std::array<lzma_filter, LZMA_FILTERS_MAX + 1> filters{};
  lzma_block block{};
  block.version = 0;
  block.check = static_cast<lzma_check>(octet(bytes, block_at - 5) & 0x0FU);
  block.filters = filters.data();
  block.header_size = lzma_block_header_size_decode(octet(bytes, block_at));
  if (bytes.size() < block_at + block.header_size) return {};
  if (lzma_block_header_decode(&block, nullptr, octets(bytes) + block_at) != LZMA_OK) return {};
  std::size_t count = 0;
  bool is_delta = false;
  for (; filters[count].id != LZMA_VLI_UNKNOWN; ++count) {
    is_delta = is_delta || filters[count].id == LZMA_FILTER_DELTA;
    std::free(filters[count].options);
  }
  return count > 2 || is_delta ? "it is packed with filters that the kernel's decoder does not "
                                 "know: xz --check=crc32 --lzma2=dict=1MiB"
                               : "";
}

/// By the index at the end of the file: zeros may follow it.
bool has_more_streams(std::string_view bytes) {
  const std::size_t last = bytes.find_last_not_of('\0');
  const std::string_view stream = bytes.substr(0, last == std::string_view::npos ? 0 : last + 1);
  lzma_stream_flags footer{};
  if (stream.size() < 2UL * LZMA_STREAM_HEADER_SIZE) return false;
  const std::size_t index_end = stream.size() - LZMA_STREAM_HEADER_SIZE;
  if (lzma_stream_footer_decode(&footer, octets(stream) + index_end) != LZMA_OK) return false;
  if (footer.backward_size > index_end) return false;
  lzma_index* index = nullptr;
  std::uint64_t memory = 64UL * 1024 * 1024;
  std::size_t at = index_end - footer.backward_size;
  if (lzma_index_buffer_decode(&index, &memory, nullptr, octets(stream), &at, index_end) != LZMA_OK)
    return false;
  const std::uint64_t own_size = lzma_index_stream_size(index);
  lzma_index_end(index, nullptr);
  return own_size < stream.size();
}

std::string xz_flaw(std::string_view bytes) {
  constexpr std::size_t check_at = 7;
  constexpr unsigned crc32 = 1;
  if (octet(bytes, check_at) > crc32)
    return "the kernel's decoder knows no other check than CRC32 and answers EINVAL: xz "
           "--check=crc32";
  if (has_more_streams(bytes))
    return "it has several xz streams, of which the kernel's decoder reads only the first: xzcat "
           "it into one";
  return filter_flaw(bytes);
}

/// Frames that hold nothing may be passed over.
bool has_more_frames(std::string_view bytes) {
  constexpr std::string_view magic = "\x28\xb5\x2f\xfd";
  for (bool is_first = true; !bytes.empty(); is_first = false) {
    if (!is_first && bytes.starts_with(magic)) return true;
    const std::size_t size = ZSTD_findFrameCompressedSize(bytes.data(), bytes.size());
    if (ZSTD_isError(size) != 0U || size == 0 || size > bytes.size()) return false;
    bytes.remove_prefix(size);
  }
  return false;
}

/// kmod reads all frames up to release 32, and from 33 on refuses more than one (kmod:
/// libkmod/libkmod-file-zstd.c).
std::string zstd_flaw(std::string_view bytes) {
  return has_more_frames(bytes) ? "it has several zstd frames, of which the kernel's decoder reads "
                                  "only the first, and kmod from 33 on none: zstdcat it into one"
                                : "";
}

}  // namespace

std::string kernel_unpacking_flaw(std::string_view bytes) {
  switch (compression_of(bytes)) {
    case Compression::none: return {};
    case Compression::gzip: return gzip_flaw(bytes);
    case Compression::xz: return xz_flaw(bytes);
    case Compression::zstd: return zstd_flaw(bytes);
  }
  return {};
}

}  // namespace kmodsec
