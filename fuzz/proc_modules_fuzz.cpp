// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "format/proc_modules.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto modules = kmodsec::parse_proc_modules(text);
  if (!modules) return 0;
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) +
                     (text.empty() || text.ends_with('\n') ? 0 : 1);
  if (modules->size() != lines) __builtin_trap();
  return 0;
}
