// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>

namespace kmodsec {

/// Whole seconds that this process has worked, on all processors together.
std::uint64_t cpu_seconds();

}  // namespace kmodsec
