// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/machine_id.hpp"
#include "target.hpp"

/// What names a host has the shape that documents promise, whatever its files hold.
void kmodsec::examine(std::string_view input) {
  if (const auto id = hashed_machine_id(input)) require(id->size() == 32);
  if (const auto id = parse_boot_id(input)) require(id->size() == 36 && parse_boot_id(*id) == *id);
  if (const auto name = parse_host_name(input)) require(!name->empty());
}
