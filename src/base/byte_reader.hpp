// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace kmodsec {

/// Reads fixed-size integers and slices from bytes that may be hostile. Every access is
/// checked; the empty optional means "outside the data". No access allocates.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes, std::endian order = std::endian::little)
      : bytes_(bytes), order_(order) {}

  std::size_t size() const { return bytes_.size(); }

  std::optional<std::string_view> slice(std::uint64_t offset, std::uint64_t length) const {
    if (offset > bytes_.size() || length > bytes_.size() - offset) return std::nullopt;
    return bytes_.substr(offset, length);
  }

  template <std::unsigned_integral T>
  std::optional<T> integer(std::uint64_t offset) const {
    const auto raw = slice(offset, sizeof(T));
    if (!raw) return std::nullopt;
    T value{};
    std::memcpy(&value, raw->data(), raw->size());
    if (order_ != std::endian::native) value = std::byteswap(value);
    return value;
  }

  /// The bytes from `offset` up to, not including, the next NUL; nothing when there is none.
  std::optional<std::string_view> c_string(std::uint64_t offset) const {
    if (offset >= bytes_.size()) return std::nullopt;
    const std::size_t end = bytes_.find('\0', offset);
    if (end == std::string_view::npos) return std::nullopt;
    return bytes_.substr(offset, end - offset);
  }

 private:
  std::string_view bytes_;
  std::endian order_;
};

}  // namespace kmodsec
