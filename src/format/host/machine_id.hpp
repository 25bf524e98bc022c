// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kmodsec {

/// The id of machine-id(5) must not leave the host: programs show one of their own, made of it,
/// from which nobody can tell that of the host. This is what sd_id128_get_machine_app_specific(3)
/// makes for the id of this program, HMAC-SHA256 with the machine id as key, cut to 128 bits and
/// marked as a UUID of version 4; so that `systemd-id128 machine-id
/// --app-specific=69156cc04453405aa6cac20fab25e0d1` prints the same. `text` is what the file holds.
/// Errors: `malformed`; `not_found` for a host that has none yet.
Result<std::string> hashed_machine_id(std::string_view text);

/// The id of a boot as the kernel prints it: a UUID in lower case. Errors: `malformed`.
Result<std::string> parse_boot_id(std::string_view text);

/// The name in /etc/hostname: of the first line that is neither empty nor a comment (hostname(5)).
/// Errors: `not_found` where no name is set; `malformed` for one longer than a kernel takes.
Result<std::string> parse_host_name(std::string_view text);

}  // namespace kmodsec
