// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "support/memory_root.hpp"

namespace kmodsec::test {

/// A small Debian host as files: kernel state, two loaded modules, their tree, dpkg's database,
/// configuration. In good order: every check passes or does not apply.
MemoryRoot machine_root();

/// When the baseline of `machine_root` was made and checked: seconds since 1970.
inline constexpr std::int64_t machine_root_time = 2'000'000'000;

/// Of the key that signs its modules, as DER.
std::string machine_root_certificate();

}  // namespace kmodsec::test
