// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kmodsec {

/// Bytes that a parser asks for part by part, as they may have to be read first. Each access is
/// checked; the empty optional means "outside the data".
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  virtual std::uint64_t size() const = 0;

  /// The view stays valid as long as the source lives.
  virtual std::optional<std::string_view> slice(std::uint64_t offset,
                                                std::uint64_t length) const = 0;

  bool has(std::uint64_t offset, std::uint64_t length) const {
    return offset <= size() && length <= size() - offset;
  }
};

/// Bytes that are in memory.
class WholeBytes : public ByteSource {
 public:
  explicit WholeBytes(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t size() const override { return bytes_.size(); }

  std::optional<std::string_view> slice(std::uint64_t offset, std::uint64_t length) const override {
    if (!has(offset, length)) return std::nullopt;
    return bytes_.substr(offset, length);
  }

 private:
  std::string_view bytes_;
};

}  // namespace kmodsec
