// SPDX-License-Identifier: GPL-2.0-or-later
#include <array>
#include <cstdint>

#include "format/files/decoder.hpp"
#include "support/sipped_stream.hpp"
#include "target.hpp"

namespace {

/// Takes small pieces, so that each decoder has to stop in the middle of its work.
class Pieces final : public kmodsec::Destination {
 public:
  std::span<char> room() override { return std::span(piece_).first(1 + total_ % piece_.size()); }

  bool filled(std::size_t size) override {
    kmodsec::require(size <= 1 + total_ % piece_.size());
    total_ += size;
    for (const char c : std::span(piece_).first(size))
      digest_ = (digest_ ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return true;
  }

  std::size_t total() const { return total_; }

  /// FNV-1a.
  std::uint64_t digest() const { return digest_; }

 private:
  std::array<char, 4096> piece_{};
  std::size_t total_ = 0;
  std::uint64_t digest_ = 0xcbf29ce484222325U;
};

}  // namespace

/// What comes out is the same in whichever pieces the input came.
void kmodsec::examine(std::string_view input) {
  constexpr std::size_t limit = 1024UL * 1024;
  const auto whole_decoder = kernel_decoder(input);
  if (!whole_decoder) return;
  WholeStream whole(input);
  Pieces pieces;
  const Result<void> unpacked = unpack(*whole_decoder, whole, limit, pieces);
  require(!unpacked || pieces.total() <= limit);

  const auto sipped_decoder = kernel_decoder(input.substr(0, packed_head_size));
  test::SippedStream sipped(input);
  Pieces same;
  require(unpack(*sipped_decoder, sipped, limit, same).has_value() == unpacked.has_value());
  if (!unpacked) return;
  require(same.digest() == pieces.digest() && same.total() == pieces.total());
  require(sipped.position() == whole.position());
}
