// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/compression.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  constexpr std::size_t limit = 1024UL * 1024;
  const auto content = decompress(input, limit);
  require(!content || content->size() <= limit || content->size() == input.size());
}
