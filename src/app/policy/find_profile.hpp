// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/policy/profile.hpp"

namespace kmodsec {

/// The profile of a name. The error, of kind `usage`, has the nearest name or all of them.
Result<const Profile*> find_profile(const std::vector<Profile>& profiles, const std::string& name);

}  // namespace kmodsec
