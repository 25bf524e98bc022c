// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>

namespace kmodsec {

/// The largest file of configuration that is read.
inline constexpr std::size_t configuration_limit = 4UL * 1024 * 1024;

/// The same for what depmod writes, and the build of a kernel: modules.dep, modules.builtin.
inline constexpr std::size_t index_limit = 64UL * 1024 * 1024;

/// The largest modules in the field (graphics drivers, unstripped) are near 100 MiB.
inline constexpr std::size_t module_limit = 512UL * 1024 * 1024;

}  // namespace kmodsec
