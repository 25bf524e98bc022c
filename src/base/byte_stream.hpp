// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/shared_bytes.hpp"

namespace kmodsec {

/// Bytes that are taken from the front, of which only the next few have to be in memory.
class ByteStream {
 public:
  ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream(ByteStream&&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;
  ByteStream& operator=(ByteStream&&) = delete;
  virtual ~ByteStream() = default;

  /// What comes next, as far as it is at hand: at least `least` bytes, fewer only at the end. The
  /// view stays valid until more is asked for.
  std::string_view peek(std::size_t least = 1) {
    if (at_hand_.size() < least) at_hand_ = more(at_hand_, least);
    return at_hand_;
  }

  /// Takes so many of the bytes that peek() gave.
  void skip(std::size_t count) {
    at_hand_.remove_prefix(count);
    position_ += count;
  }

  /// Takes the next bytes to keep them: shared where all of the stream stays in memory, else
  /// copied. Fewer at the end.
  SharedBytes take(std::size_t count) {
    SharedBytes shared = share(peek().substr(0, count));
    if (shared.size() == count) {
      skip(count);
      return shared;
    }
    return SharedBytes(copy(count));
  }

  /// How many bytes were taken.
  std::uint64_t position() const { return position_; }

 protected:
  explicit ByteStream(std::string_view at_hand) : at_hand_(at_hand) {}

 private:
  /// The bytes at hand, and what follows them.
  virtual std::string_view more(std::string_view at_hand, std::size_t least) = 0;

  /// A part of the bytes at hand; empty when they do not stay.
  virtual SharedBytes share(std::string_view) const { return {}; }

  std::string copy(std::size_t count) {
    std::string bytes;
    while (bytes.size() < count && !peek().empty()) {
      const std::string_view next = peek().substr(0, count - bytes.size());
      bytes.append(next);
      skip(next.size());
    }
    return bytes;
  }

  std::string_view at_hand_;
  std::uint64_t position_ = 0;
};

/// Bytes that are in memory.
class WholeStream final : public ByteStream {
 public:
  explicit WholeStream(std::string_view bytes) : ByteStream(bytes) {}
  explicit WholeStream(SharedBytes bytes) : ByteStream(bytes.view()), bytes_(std::move(bytes)) {}

 private:
  std::string_view more(std::string_view at_hand, std::size_t) override { return at_hand; }
  SharedBytes share(std::string_view part) const override {
    return bytes_.size() > 0 ? bytes_.share(part) : SharedBytes();
  }

  SharedBytes bytes_;
};

}  // namespace kmodsec
