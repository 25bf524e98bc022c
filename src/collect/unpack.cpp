// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/unpack.hpp"

#include <algorithm>
#include <cstdint>

#include "format/files/compression.hpp"

namespace kmodsec {

Result<std::string> unpack_within(Budget& budget, std::string_view bytes, std::size_t limit) {
  if (const auto left = budget.check(""); !left) return std::unexpected(left.error());
  auto unpacked = decompress(bytes, std::min<std::uint64_t>(limit, budget.bytes_left()));
  const bool was_packed = compression_of(bytes) != Compression::none;
  if (was_packed) budget.take_bytes(unpacked ? unpacked->size() : bytes.size());
  return unpacked;
}

}  // namespace kmodsec
