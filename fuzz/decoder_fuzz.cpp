// SPDX-License-Identifier: GPL-2.0-or-later
#include <array>

#include "format/decoder.hpp"
#include "target.hpp"

namespace {

/// Takes small pieces, so that each decoder has to stop in the middle of its work.
class Pieces final : public kmodsec::Destination {
 public:
  std::span<char> room() override { return std::span(piece_).first(1 + total_ % piece_.size()); }

  bool filled(std::size_t size) override {
    kmodsec::require(size <= 1 + total_ % piece_.size());
    total_ += size;
    return true;
  }

  std::size_t total() const { return total_; }

 private:
  std::array<char, 4096> piece_{};
  std::size_t total_ = 0;
};

}  // namespace

void kmodsec::examine(std::string_view input) {
  constexpr std::size_t limit = 1024UL * 1024;
  const auto decoder = kernel_decoder(input);
  if (!decoder) return;
  Pieces pieces;
  const auto unpacked = unpack(*decoder, input, limit, pieces);
  require(!unpacked || pieces.total() <= limit);
}
