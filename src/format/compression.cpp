// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/compression.hpp"

#include <algorithm>

#include "format/decoder.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t first_size = 256UL * 1024;

/// A string that doubles when it is full, up to one byte more than the limit.
class GrowingString final : public Destination {
 public:
  GrowingString(std::size_t guess, std::size_t limit)
      : most_(limit + 1), bytes_(std::min(guess, most_), '\0') {}

  std::span<char> room() override {
    if (used_ == bytes_.size()) bytes_.resize(std::min(bytes_.size() * 2, most_));
    return std::span(bytes_).subspan(used_);
  }

  bool filled(std::size_t size) override {
    used_ += size;
    return true;
  }

  std::string take() {
    bytes_.resize(used_);
    return std::move(bytes_);
  }

 private:
  std::size_t most_;
  std::string bytes_;
  std::size_t used_ = 0;
};

std::unique_ptr<Decoder> decoder_for(Compression compression) {
  switch (compression) {
    case Compression::gzip: return gzip_decoder();
    case Compression::xz: return xz_decoder(Rest::more_streams);
    case Compression::zstd: return zstd_decoder(Rest::more_streams);
    case Compression::none: break;
  }
  return nullptr;
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
  const Compression compression = compression_of(bytes);
  if (compression == Compression::none) return std::string(bytes);
  const std::unique_ptr<Decoder> decoder = decoder_for(compression);
  if (!decoder)
    return failure(ErrorKind::io, "", std::string(to_string(compression)) + " failed to start");
  GrowingString output(std::max(first_size, bytes.size() * 4), limit);
  const Result<void> unpacked = unpack(*decoder, bytes, limit, output);
  if (!unpacked) return std::unexpected(unpacked.error());
  return output.take();
}

}  // namespace kmodsec
