// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/text.hpp"
#include "format/modinfo.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const auto& field : kmodsec::parse_modinfo({reinterpret_cast<const char*>(data), size})) {
    if (kmodsec::utf8_text(field.value) != field.value) __builtin_trap();
    const std::string shown = kmodsec::printable(field.value);
    if (shown.find_first_of("\n\r\033") != std::string::npos) __builtin_trap();
  }
  return 0;
}
