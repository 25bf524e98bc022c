// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "model/kernel/kernel.hpp"

namespace kmodsec {

/// "none [integrity] confidentiality": the level in force stands in brackets
/// (linux: security/lockdown/lockdown.c, lockdown_read).
Result<Lockdown> parse_lockdown(std::string_view text);

}  // namespace kmodsec
