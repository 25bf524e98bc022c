// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "format/elf.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  kmodsec::build_id_of_notes(bytes);
  const auto elf = kmodsec::Elf::parse(bytes);
  if (!elf) return 0;
  elf->build_id();
  if (const auto info = elf->section(".modinfo")) {
    const bool inside = info->empty() || (info->data() >= bytes.data() &&
                                          info->data() + info->size() <= bytes.data() + size);
    if (!inside) __builtin_trap();
  }
  return 0;
}
