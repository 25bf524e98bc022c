// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "format/files/decoder.hpp"

namespace kmodsec {

/// A string that doubles when it is full, up to one byte more than the limit.
class GrowingString final : public Destination {
 public:
  GrowingString(std::size_t guess, std::size_t limit) : most_(limit + 1) { grow_to(guess); }

  std::span<char> room() override {
    if (used_ == bytes_.size()) grow_to(bytes_.size() * 2);
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
  /// The new bytes are not filled with zeros: what is never written takes no memory.
  void grow_to(std::size_t size) {
    bytes_.resize_and_overwrite(std::min(size, most_),
                                [](char*, std::size_t count) { return count; });
  }

  std::size_t most_;
  std::string bytes_;
  std::size_t used_ = 0;
};

}  // namespace kmodsec
