// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "model/kernel/kernel.hpp"

namespace kmodsec {

/// The options of a kernel's .config that bear on modules and their signatures. "# CONFIG_X is not
/// set" is "n"; quotes around text are taken off. `malformed` for what `make` would not have
/// written, or not to its end: an option that is not there is off, but only in a whole
/// configuration.
Result<KernelConfig> parse_kernel_config(std::string_view text);

}  // namespace kmodsec
