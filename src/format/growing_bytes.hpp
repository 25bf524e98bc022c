// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <string_view>

#include "format/decoder.hpp"

namespace kmodsec {

/// Bytes that stay where they are.
class HeapBytes {
 public:
  std::string_view view() const { return {data_.get(), size_}; }

 private:
  friend class GrowingBytes;

  struct Free {
    void operator()(char* data) const { std::free(data); }
  };

  std::unique_ptr<char, Free> data_;
  std::size_t size_ = 0;
};

/// Bytes that double when they are full, up to one more than the limit. For very large ones: the
/// system moves their pages instead of copying them, and what is never written takes no memory.
class GrowingBytes final : public Destination {
 public:
  GrowingBytes(std::size_t guess, std::size_t limit) : most_(limit + 1) { grow_to(guess); }

  std::span<char> room() override {
    if (used_ == bytes_.size_) grow_to(bytes_.size_ * 2);
    return std::span(bytes_.data_.get(), bytes_.size_).subspan(used_);
  }

  bool filled(std::size_t size) override {
    used_ += size;
    return true;
  }

  HeapBytes take() {
    grow_to(std::max<std::size_t>(used_, 1));
    bytes_.size_ = used_;
    return std::move(bytes_);
  }

 private:
  void grow_to(std::size_t size) {
    size = std::clamp<std::size_t>(size, 1, most_);
    auto* data = static_cast<char*>(std::realloc(bytes_.data_.get(), size));
    if (data == nullptr) throw std::bad_alloc();
    static_cast<void>(bytes_.data_.release());
    bytes_.data_.reset(data);
    bytes_.size_ = size;
  }

  std::size_t most_;
  HeapBytes bytes_;
  std::size_t used_ = 0;
};

}  // namespace kmodsec
