// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/compression.hpp"

#include <algorithm>

#include "format/files/decoder.hpp"
#include "format/files/growing_string.hpp"
#include "format/files/gunzip.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t first_size = 256UL * 1024;

std::unique_ptr<Decoder> decoder_for(Compression compression) {
  switch (compression) {
    case Compression::gzip: return gzip_decoder(Rest::more_streams);
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
  if (compression == Compression::gzip) {
    auto unpacked = gunzip(bytes, limit);
    if (unpacked && unpacked->packed_size == bytes.size()) return std::move(unpacked->content);
  }
  const std::unique_ptr<Decoder> decoder = decoder_for(compression);
  if (!decoder)
    return failure(ErrorKind::io, "", std::string(to_string(compression)) + " failed to start");
  GrowingString output(std::max(first_size, bytes.size() * 4), limit);
  WholeStream packed(bytes);
  const auto unpacked = unpack(*decoder, packed, limit, output);
  if (!unpacked) return std::unexpected(unpacked.error());
  return output.take();
}

}  // namespace kmodsec
