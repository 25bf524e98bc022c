// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/kernel.hpp"

namespace kmodsec {

/// One line of /proc/keys.
struct KeyEntry {
  std::string serial;
  std::string type;  ///< At most nine characters: the kernel cuts it ("asymmetri").
  std::string description;
};

/// "SERIAL FLAGS USAGE EXPIRY PERM UID GID TYPE DESCRIPTION" (linux: security/keys/proc.c). Lines
/// of another form are left out.
std::vector<KeyEntry> parse_proc_keys(std::string_view text);

/// The kernel's own keyrings (their names start with a dot) and how many keys each holds.
std::vector<Keyring> system_keyrings(const std::vector<KeyEntry>& keys);

}  // namespace kmodsec
