// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "format/policy.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto policy = kmodsec::parse_policy({reinterpret_cast<const char*>(data), size});
  if (!policy && policy.error().reason.empty()) __builtin_trap();
  return 0;
}
