// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kernel/kernel.hpp"

namespace kmodsec {

/// One line of /proc/keys.
struct KeyEntry {
  std::uint32_t serial = 0;
  std::string type;  ///< At most nine characters: the kernel cuts it ("asymmetri").
  std::string description;
};

/// "SERIAL FLAGS USAGE EXPIRY PERM UID GID TYPE DESCRIPTION" (linux: security/keys/proc.c). Lines
/// of another form are left out.
std::vector<KeyEntry> parse_proc_keys(std::string_view text);

/// The name and size of one of the kernel's own keyrings, ".builtin_trusted_keys: 1"; nothing for
/// another key.
std::optional<Keyring> parse_system_keyring(const KeyEntry& entry);

/// "SUBJECT: ID: X509.rsa LAST4 []" (linux: crypto/asymmetric_keys/asymmetric_type.c); nothing for
/// a key of another type.
std::optional<KernelKey> parse_asymmetric_key(const KeyEntry& entry);

}  // namespace kmodsec
