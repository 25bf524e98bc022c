// SPDX-License-Identifier: GPL-2.0-or-later
#include "state/usage_store.hpp"
#include "target.hpp"

/// What can be read can be written, and reads as the same.
void kmodsec::examine(std::string_view input) {
  const auto record = read_usage_store(std::string(input), "store");
  if (!record) return;
  const auto bytes = usage_store_bytes(*record, "copy");
  require(bytes.has_value());
  const auto again = read_usage_store(*bytes, "copy");
  require(again.has_value());
  require(*again == *record);
}
