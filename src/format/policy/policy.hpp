// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/policy/policy.hpp"

namespace kmodsec {

/// `policy` with what a policy file adds to it: lists grow, single values are replaced. Errors name
/// the line: not TOML, an unknown table or key with the nearest one, a word that no key takes, a
/// time without its zone, an option of more than one line. Whether there are such profiles and
/// modules is not known here.
Result<Policy> parse_policy(std::string_view text, const std::string& path = {},
                            Policy policy = {});

}  // namespace kmodsec
