// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/report.hpp"
#include "plan/owned_file.hpp"

namespace kmodsec {

/// What hides whether this host needs a module that the plan denies. `open_denies` names what hides
/// whether a deny holds.
std::vector<Unseen> gaps_in(const PlanInput& input);

/// Keeps the first of each gap in its place.
void erase_repeated(std::vector<Unseen>& unseen);

}  // namespace kmodsec
