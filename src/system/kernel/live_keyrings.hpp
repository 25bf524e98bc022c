// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

/// The serial numbers of what a keyring of the running kernel holds (keyctl(2), KEYCTL_READ). No
/// file tells it. Errors: `denied` where the caller may not read the keyring, or a sandbox
/// forbids the call.
Result<std::vector<std::uint32_t>> live_keyring_members(std::uint32_t keyring);

}  // namespace kmodsec
