// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/packers.hpp"

#include <bzlib.h>
#include <lz4.h>
#include <lzma.h>
#include <lzo/lzo1x.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

#include "support/bytes.hpp"

namespace kmodsec::test {
namespace {

constexpr std::size_t slack = 1024;

const unsigned char* data_of(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* data_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string big(std::uint64_t value, std::size_t size) {
  std::string bytes = little(value, size);
  std::ranges::reverse(bytes);
  return bytes;
}

std::string xz_with(const std::string& text, bool x86) {
  lzma_options_lzma options{};
  lzma_lzma_preset(&options, 6);
  std::vector<lzma_filter> filters;
  if (x86) filters.push_back({LZMA_FILTER_X86, nullptr});
  filters.push_back({LZMA_FILTER_LZMA2, &options});
  filters.push_back({LZMA_VLI_UNKNOWN, nullptr});
  std::string out(text.size() + slack, '\0');
  std::size_t used = 0;
  if (lzma_stream_buffer_encode(filters.data(), LZMA_CHECK_CRC32, nullptr, data_of(text),
                                text.size(), data_of(out), &used, out.size()) != LZMA_OK)
    throw std::runtime_error("xz");
  out.resize(used);
  return out;
}

}  // namespace

std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(text.size() + slack, '\0');
  stream.next_in = const_cast<unsigned char*>(data_of(text));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = data_of(out);
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string xz(const std::string& text) { return xz_with(text, false); }

std::string xz_for_x86(const std::string& text) { return xz_with(text, true); }

std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

std::string lzma(const std::string& text) {
  lzma_options_lzma options{};
  lzma_lzma_preset(&options, 6);
  lzma_stream stream = LZMA_STREAM_INIT;
  if (lzma_alone_encoder(&stream, &options) != LZMA_OK) throw std::runtime_error("lzma");
  std::string out(text.size() + text.size() / 16 + slack, '\0');
  stream.next_in = data_of(text);
  stream.avail_in = text.size();
  stream.next_out = data_of(out);
  stream.avail_out = out.size();
  if (lzma_code(&stream, LZMA_FINISH) != LZMA_STREAM_END) throw std::runtime_error("lzma");
  out.resize(stream.total_out);
  lzma_end(&stream);
  return out;
}

std::string bzip2(const std::string& text) {
  std::string out(text.size() + text.size() / 100 + slack, '\0');
  auto used = static_cast<unsigned>(out.size());
  BZ2_bzBuffToBuffCompress(out.data(), &used, const_cast<char*>(text.data()),
                           static_cast<unsigned>(text.size()), 9, 0, 0);
  out.resize(used);
  return out;
}

std::string lz4_legacy(const std::string& text) {
  constexpr std::size_t block_size = 8UL * 1024 * 1024;
  std::string out = "\x02\x21\x4c\x18";
  for (std::size_t at = 0; at < text.size(); at += block_size) {
    const std::string block = text.substr(at, block_size);
    std::string packed(static_cast<std::size_t>(LZ4_compressBound(static_cast<int>(block.size()))),
                       '\0');
    const int size =
        LZ4_compress_default(block.data(), packed.data(), static_cast<int>(block.size()),
                             static_cast<int>(packed.size()));
    out += little(static_cast<std::uint64_t>(size), 4);
    out.append(packed, 0, static_cast<std::size_t>(size));
  }
  return out;
}

std::string lzop(const std::string& text) {
  constexpr std::size_t block_size = 256UL * 1024;
  std::string out("\x89LZO\0\r\n\x1a\n", 9);
  out += big(0x1040, 2) + big(0x20A0, 2) + big(0x0940, 2) + "\3\11";  // versions, method, level
  out += big(0x03000003, 4) + big(0644, 4) + big(0, 8);  // flags with both Adler-32, mode, time
  out += std::string("\4name", 5) + big(0, 4);
  std::vector<unsigned char> work(LZO1X_1_MEM_COMPRESS);
  for (std::size_t at = 0; at < text.size(); at += block_size) {
    const std::string block = text.substr(at, block_size);
    std::string packed(block.size() + block.size() / 16 + slack, '\0');
    lzo_uint size = 0;
    lzo1x_1_compress(data_of(block), block.size(), data_of(packed), &size, work.data());
    const bool stored = size >= block.size();
    packed.resize(size);
    out += big(block.size(), 4) + big(stored ? block.size() : size, 4) + big(0, stored ? 4 : 8);
    out += stored ? block : packed;
  }
  return out + big(0, 4);
}

}  // namespace kmodsec::test
