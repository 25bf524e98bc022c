// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "model/policy/profile.hpp"

namespace kmodsec {

/// A file of data/profiles/ or /etc/kmodsec/profiles/; docs/profiles.md describes the format.
/// Errors name the line. What `includes` names is left for the collector to find.
Result<Profile> parse_profile(std::string_view text);

}  // namespace kmodsec
