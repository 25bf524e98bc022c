// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// policy.toml: what the host should be. This release acts on `[freeze]`; the other tables of the
/// format are accepted. Errors name the line: not TOML, an unknown table, an unknown level.
Result<Policy> parse_policy(std::string_view text);

}  // namespace kmodsec
