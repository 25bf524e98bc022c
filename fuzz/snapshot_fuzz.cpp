// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analyze/audit.hpp"
#include "format/snapshot.hpp"

/// Any snapshot that can be read can be judged, and survives being written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto facts = kmodsec::parse_snapshot({reinterpret_cast<const char*>(data), size});
  if (!facts) return 0;
  kmodsec::audit(*facts);
  const nlohmann::json once = kmodsec::facts_to_json(*facts);
  const nlohmann::json document = {{"schema", "kmodsec.snapshot/1"}, {"facts", once}};
  const auto again = kmodsec::parse_snapshot(
      document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  if (!again || kmodsec::facts_to_json(*again) != once) __builtin_trap();
  return 0;
}
