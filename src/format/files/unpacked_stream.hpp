// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/byte_stream.hpp"
#include "base/result.hpp"
#include "format/files/decoder.hpp"

namespace kmodsec {

/// What is in a compressed stream, unpacked into the same piece of memory again and again. At its
/// end nothing is taken of what follows the compressed stream.
class UnpackedStream final : public ByteStream {
 public:
  UnpackedStream(Decoder& decoder, ByteStream& packed, std::size_t limit)
      : unpacking_(decoder, packed, limit) {}

  /// Why it ended too early; those of Unpacking::step.
  const Result<void>& state() const { return state_; }

 private:
  std::string_view more(std::string_view at_hand, std::size_t least) override;

  Unpacking unpacking_;
  std::string window_;
  Result<void> state_;
};

}  // namespace kmodsec
