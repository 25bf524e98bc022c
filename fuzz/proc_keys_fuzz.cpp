// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/proc_keys.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  for (const KeyEntry& entry : parse_proc_keys(input)) {
    const auto keyring = parse_system_keyring(entry);
    const auto key = parse_asymmetric_key(entry);
    require(!keyring || keyring->name.starts_with('.'));
    require(!key || !keyring);
  }
}
