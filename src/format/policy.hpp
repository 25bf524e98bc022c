// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// policy.toml: what the host should be. `[freeze]` and `[deny]` are read; the other tables of the
/// format are accepted. Errors name the line: not TOML, an unknown table, a key that `[deny]` does
/// not have, a word that no key takes. Whether there are profiles of these names is not known here.
Result<Policy> parse_policy(std::string_view text);

}  // namespace kmodsec
