// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/byte_stream.hpp"
#include "base/result.hpp"

namespace kmodsec {

/// One compressed stream being unpacked.
class Decoder {
 public:
  enum class Step { more, done, damaged };

  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder(Decoder&&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  Decoder& operator=(Decoder&&) = delete;
  virtual ~Decoder() = default;

  /// Takes from `input` and writes to the front of `output`, which is shortened by that.
  virtual Step step(ByteStream& input, std::span<char>& output) = 0;
};

/// Where unpacked bytes go.
class Destination {
 public:
  Destination() = default;
  Destination(const Destination&) = delete;
  Destination(Destination&&) = delete;
  Destination& operator=(const Destination&) = delete;
  Destination& operator=(Destination&&) = delete;
  virtual ~Destination() = default;

  /// Where the next bytes may be written. Never empty.
  virtual std::span<char> room() = 0;

  /// So many bytes of the room were written. False: enough, stop here.
  virtual bool filled(std::size_t size) = 0;
};

/// What may stand behind the compressed stream.
enum class Rest {
  more_streams,  ///< More of the same, as in a file; nothing else.
  anything,      ///< Left alone, as in a kernel image or an initramfs.
};

/// Null when the library failed to start.
std::unique_ptr<Decoder> gzip_decoder(Rest rest = Rest::anything);
std::unique_ptr<Decoder> xz_decoder(Rest rest);
std::unique_ptr<Decoder> zstd_decoder(Rest rest);

/// Decoders for the other formats in which a kernel or an initramfs may be packed; all ignore what
/// follows them.
std::unique_ptr<Decoder> lzma_decoder();  ///< The format before xz, "LZMA alone".
std::unique_ptr<Decoder> bzip2_decoder();
std::unique_ptr<Decoder> lz4_decoder();  ///< The legacy frames of `lz4 -l`.
std::unique_ptr<Decoder> lzo_decoder();  ///< The files of lzop.

/// How many bytes tell the decoder.
inline constexpr std::size_t packed_head_size = 9;

/// The decoder for a compressed kernel or initramfs, by its first bytes; null for any other.
std::unique_ptr<Decoder> kernel_decoder(std::string_view head);

/// The most that so many packed bytes may hold. What is in a kernel, a module, an initramfs or a
/// log packs to a fiftieth at best.
constexpr std::uint64_t most_unpacked(std::uint64_t packed) {
  constexpr std::uint64_t always = 16ULL * 1024 * 1024;
  constexpr std::uint64_t for_each_byte = 256;
  return always + for_each_byte * packed;
}

/// The way through one compressed stream. Takes nothing of what follows it.
class Unpacking {
 public:
  Unpacking(Decoder& decoder, ByteStream& packed, std::size_t limit)
      : decoder_(decoder), packed_(packed), start_(packed.position()), left_(limit) {}

  /// Writes to the front of `room`, which is not empty, and tells how much. Errors: `malformed` for
  /// a damaged or cut stream, `too_large` when all of it would exceed the limit, or is more than a
  /// stream of this length holds that was not made to exhaust its reader.
  Result<std::size_t> step(std::span<char> room);

  bool is_done() const { return done_; }

 private:
  Decoder& decoder_;
  ByteStream& packed_;
  std::uint64_t start_;
  std::uint64_t unpacked_ = 0;
  std::size_t left_;
  bool done_ = false;
};

/// Unpacks one stream, or until the destination has enough.
Result<void> unpack(Decoder& decoder, ByteStream& packed, std::size_t limit,
                    Destination& destination);

}  // namespace kmodsec
