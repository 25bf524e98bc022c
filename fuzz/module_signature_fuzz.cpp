// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "format/module_signature.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto parts = kmodsec::split_signature(bytes);
  const kmodsec::Signature signature = kmodsec::parse_module_signature(bytes);
  const bool reads_unsigned = signature.status == kmodsec::SignatureStatus::unsigned_;
  if (parts.has_value() == reads_unsigned) __builtin_trap();
  if (parts && parts->payload.size() + parts->cms.size() > size) __builtin_trap();
  return 0;
}
