// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/decoder.hpp"

#define ZLIB_CONST
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstdint>

namespace kmodsec {
namespace {

constexpr std::uint64_t lzma_memory_limit = 256ULL * 1024 * 1024;
constexpr int zstd_window_log_limit = 27;

const unsigned char* unsigned_bytes(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* unsigned_bytes(std::span<char> bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

/// Of several members the next begins where one ends; what else follows is left alone, as gzread(3)
/// and zcat(1) do.
class Gzip final : public Decoder {
 public:
  explicit Gzip(Rest rest) : rest_(rest) {}

  bool start() {
    constexpr int gzip_only = 15 + 16;
    return inflateInit2(&stream_, gzip_only) == Z_OK;
  }

  Step step(ByteStream& input, std::span<char>& output) override {
    const std::string_view bytes = input.peek();
    const auto in_before = static_cast<uInt>(std::min<std::size_t>(bytes.size(), UINT32_MAX));
    const auto out_before = static_cast<uInt>(std::min<std::size_t>(output.size(), UINT32_MAX));
    stream_.next_in = unsigned_bytes(bytes);
    stream_.avail_in = in_before;
    stream_.next_out = unsigned_bytes(output);
    stream_.avail_out = out_before;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    input.skip(in_before - stream_.avail_in);
    output = output.subspan(out_before - stream_.avail_out);
    if (result == Z_STREAM_END) return goes_on(input) ? Step::more : Step::done;
    return result == Z_OK || result == Z_BUF_ERROR ? Step::more : Step::damaged;
  }

 private:
  bool goes_on(ByteStream& input) {
    constexpr std::string_view magic = "\x1f\x8b";
    return rest_ == Rest::more_streams && input.peek(magic.size()).starts_with(magic) &&
           inflateReset(&stream_) == Z_OK;
  }

  Rest rest_;
  z_stream stream_{};
  std::unique_ptr<z_stream, int (*)(z_stream*)> conflict_{&stream_, inflateEnd};
};

class Lzma final : public Decoder {
 public:
  bool start_xz(Rest rest) {
    const std::uint32_t flags = rest == Rest::more_streams ? LZMA_CONCATENATED : 0;
    return lzma_stream_decoder(&stream_, lzma_memory_limit, flags) == LZMA_OK;
  }

  bool start_alone() { return lzma_alone_decoder(&stream_, lzma_memory_limit) == LZMA_OK; }

  Step step(ByteStream& input, std::span<char>& output) override {
    const std::string_view bytes = input.peek();
    stream_.next_in = unsigned_bytes(bytes);
    stream_.avail_in = bytes.size();
    stream_.next_out = unsigned_bytes(output);
    stream_.avail_out = output.size();
    const lzma_ret result = lzma_code(&stream_, bytes.empty() ? LZMA_FINISH : LZMA_RUN);
    input.skip(bytes.size() - stream_.avail_in);
    output = output.last(stream_.avail_out);
    if (result == LZMA_STREAM_END) return Step::done;
    return result == LZMA_OK || result == LZMA_BUF_ERROR ? Step::more : Step::damaged;
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  std::unique_ptr<lzma_stream, void (*)(lzma_stream*)> conflict_{&stream_, lzma_end};
};

class Zstd final : public Decoder {
 public:
  explicit Zstd(Rest rest) : rest_(rest), context_(ZSTD_createDCtx(), ZSTD_freeDCtx) {}

  bool start() {
    return context_ && ZSTD_isError(ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax,
                                                           zstd_window_log_limit)) == 0U;
  }

  Step step(ByteStream& input, std::span<char>& output) override {
    const std::string_view bytes = input.peek();
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    ZSTD_outBuffer out{output.data(), output.size(), 0};
    const std::size_t result = ZSTD_decompressStream(context_.get(), &out, &in);
    input.skip(in.pos);
    output = output.subspan(out.pos);
    if (ZSTD_isError(result) != 0U) return Step::damaged;
    const bool end = result == 0 && (rest_ == Rest::anything || input.peek().empty());
    return end ? Step::done : Step::more;
  }

 private:
  Rest rest_;
  std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context_;
};

}  // namespace

std::unique_ptr<Decoder> gzip_decoder(Rest rest) {
  auto decoder = std::make_unique<Gzip>(rest);
  return decoder->start() ? std::move(decoder) : nullptr;
}

std::unique_ptr<Decoder> xz_decoder(Rest rest) {
  auto decoder = std::make_unique<Lzma>();
  return decoder->start_xz(rest) ? std::move(decoder) : nullptr;
}

std::unique_ptr<Decoder> lzma_decoder() {
  auto decoder = std::make_unique<Lzma>();
  return decoder->start_alone() ? std::move(decoder) : nullptr;
}

std::unique_ptr<Decoder> zstd_decoder(Rest rest) {
  auto decoder = std::make_unique<Zstd>(rest);
  return decoder->start() ? std::move(decoder) : nullptr;
}

Result<std::size_t> Unpacking::step(std::span<char> room) {
  std::span<char> left = room;
  const std::uint64_t taken_before = packed_.position();
  const Decoder::Step step = decoder_.step(packed_, left);
  const std::size_t written = room.size() - left.size();
  unpacked_ += written;
  const bool is_bomb = unpacked_ > most_unpacked(packed_.position() - start_);
  if (written > left_ || is_bomb)
    return failure(ErrorKind::too_large, "", "expands beyond the limit");
  left_ -= written;
  done_ = step == Decoder::Step::done;
  const bool stuck = !done_ && written == 0 && packed_.position() == taken_before;
  if (step == Decoder::Step::damaged || stuck)
    return failure(ErrorKind::malformed, "", "compressed data is damaged or cut short");
  return written;
}

Result<void> unpack(Decoder& decoder, ByteStream& packed, std::size_t limit,
                    Destination& destination) {
  Unpacking unpacking(decoder, packed, limit);
  while (!unpacking.is_done()) {
    const auto written = unpacking.step(destination.room());
    if (!written) return std::unexpected(written.error());
    if (!destination.filled(*written)) break;
  }
  return {};
}

}  // namespace kmodsec
