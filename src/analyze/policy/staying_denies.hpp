// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "analyze/policy/everything_else.hpp"

namespace kmodsec {

/// What a run that nobody looks at leaves denied: the modules that kmodsec denies now and that the
/// host has got a reason to keep since. A device that somebody plugged in, or a package, opens
/// nothing by itself; what the policy names, what a kept module needs and what answers for the same
/// cipher does. A module that no kernel was seen to have stays denied where something was not seen.
/// Sorted by module; nothing where everything else is not denied, and none that an exception opens.
std::vector<PolicyDeny> staying_denies(const Facts& facts, const EverythingElse& all_else);

}  // namespace kmodsec
