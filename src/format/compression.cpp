// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/compression.hpp"

#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstdint>
#include <memory>

namespace kmodsec {
namespace {

constexpr std::size_t first_size = 256UL * 1024;
constexpr std::uint64_t lzma_memory_limit = 256ULL * 1024 * 1024;
constexpr int zstd_window_log_limit = 27;

enum class Step { more, done, damaged };

/// The state that a decoder works on: what is left to read, and the room to write to.
struct Streams {
  std::string_view input;
  char* output;
  std::size_t room;
};

/// Runs `decode` until it is done, growing the output by doubling up to `limit`.
template <class Decode>
Result<std::string> pump(std::string_view input, std::size_t limit, Decode decode) {
  std::string output(std::min(std::max(first_size, input.size() * 4), limit + 1), '\0');
  std::size_t used = 0;
  while (true) {
    Streams streams{input, output.data() + used, output.size() - used};
    const Step step = decode(streams);
    const bool stuck = streams.input.size() == input.size() && streams.room == output.size() - used;
    used = output.size() - streams.room;
    input = streams.input;
    if (used > limit) return failure(ErrorKind::too_large, "", "expands beyond the limit");
    if (step == Step::done) break;
    if (step == Step::damaged || (stuck && used < output.size()))
      return failure(ErrorKind::malformed, "", "compressed data is damaged or cut short");
    if (used == output.size()) output.resize(std::min(output.size() * 2, limit + 1));
  }
  output.resize(used);
  return output;
}

unsigned char* mutable_bytes(std::string_view bytes) {
  return const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(bytes.data()));
}

Result<std::string> inflate_gzip(std::string_view bytes, std::size_t limit) {
  constexpr int gzip_only = 15 + 16;
  z_stream stream{};
  if (inflateInit2(&stream, gzip_only) != Z_OK)
    return failure(ErrorKind::io, "", "zlib failed to start");
  const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, inflateEnd);
  return pump(bytes, limit, [&](Streams& s) {
    stream.next_in = mutable_bytes(s.input);
    stream.avail_in = static_cast<uInt>(std::min<std::size_t>(s.input.size(), UINT32_MAX));
    stream.next_out = reinterpret_cast<unsigned char*>(s.output);
    stream.avail_out = static_cast<uInt>(std::min<std::size_t>(s.room, UINT32_MAX));
    const uInt in_before = stream.avail_in;
    const uInt out_before = stream.avail_out;
    const int result = inflate(&stream, Z_NO_FLUSH);
    s.input.remove_prefix(in_before - stream.avail_in);
    s.room -= out_before - stream.avail_out;
    if (result == Z_STREAM_END) return Step::done;
    return result == Z_OK || result == Z_BUF_ERROR ? Step::more : Step::damaged;
  });
}

Result<std::string> decode_xz(std::string_view bytes, std::size_t limit) {
  lzma_stream stream = LZMA_STREAM_INIT;
  if (lzma_stream_decoder(&stream, lzma_memory_limit, LZMA_CONCATENATED) != LZMA_OK)
    return failure(ErrorKind::io, "", "liblzma failed to start");
  const std::unique_ptr<lzma_stream, void (*)(lzma_stream*)> guard(&stream, lzma_end);
  return pump(bytes, limit, [&](Streams& s) {
    stream.next_in = mutable_bytes(s.input);
    stream.avail_in = s.input.size();
    stream.next_out = reinterpret_cast<unsigned char*>(s.output);
    stream.avail_out = s.room;
    const lzma_ret result = lzma_code(&stream, LZMA_FINISH);
    s.input.remove_prefix(s.input.size() - stream.avail_in);
    s.room = stream.avail_out;
    if (result == LZMA_STREAM_END) return Step::done;
    return result == LZMA_OK || result == LZMA_BUF_ERROR ? Step::more : Step::damaged;
  });
}

Result<std::string> decode_zstd(std::string_view bytes, std::size_t limit) {
  const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(),
                                                                        ZSTD_freeDCtx);
  if (!context) return failure(ErrorKind::io, "", "libzstd failed to start");
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, zstd_window_log_limit);
  return pump(bytes, limit, [&](Streams& s) {
    ZSTD_inBuffer in{s.input.data(), s.input.size(), 0};
    ZSTD_outBuffer out{s.output, s.room, 0};
    const std::size_t result = ZSTD_decompressStream(context.get(), &out, &in);
    s.input.remove_prefix(in.pos);
    s.room -= out.pos;
    if (ZSTD_isError(result) != 0U) return Step::damaged;
    return result == 0 && s.input.empty() ? Step::done : Step::more;
  });
}

}  // namespace

Compression compression_of(std::string_view bytes) {
  if (bytes.starts_with("\x1f\x8b")) return Compression::gzip;
  if (bytes.starts_with(std::string_view("\xfd"
                                         "7zXZ\0",
                                         6)))
    return Compression::xz;
  if (bytes.starts_with("\x28\xb5\x2f\xfd")) return Compression::zstd;
  return Compression::none;
}

std::string_view to_string(Compression compression) {
  switch (compression) {
    case Compression::none: return "none";
    case Compression::gzip: return "gzip";
    case Compression::xz: return "xz";
    case Compression::zstd: return "zstd";
  }
  return "none";
}

Result<std::string> decompress(std::string_view bytes, std::size_t limit) {
  switch (compression_of(bytes)) {
    case Compression::none: return std::string(bytes);
    case Compression::gzip: return inflate_gzip(bytes, limit);
    case Compression::xz: return decode_xz(bytes, limit);
    case Compression::zstd: return decode_zstd(bytes, limit);
  }
  return std::string(bytes);
}

}  // namespace kmodsec
