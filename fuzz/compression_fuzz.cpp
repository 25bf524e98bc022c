// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "format/compression.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t limit = 1024UL * 1024;
  const auto content = kmodsec::decompress({reinterpret_cast<const char*>(data), size}, limit);
  if (content && content->size() > limit && content->size() > size) __builtin_trap();
  return 0;
}
