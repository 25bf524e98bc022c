// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/inventory.hpp"

namespace kmodsec {

/// Adds what the kernel of each module says of it: whether it can get in, and, where `facts` has
/// the tables, its vulnerabilities. Not of a file that was named by its path and that no index has.
void add_kernel_answers(const Facts& facts, std::vector<ModuleDetails>& modules);

/// Adds what `deny.everything_else` makes of each module; `facts` are of the whole host, as a plan
/// has them. What hides a reason to keep one is added to `unseen`. Nothing where the policy does
/// not ask for it.
void add_keep_answers(const Facts& facts, std::vector<ModuleDetails>& modules,
                      std::vector<Unseen>& unseen);

/// What is said of these modules although nobody can tell.
std::vector<Unseen> unknown_answers(const std::vector<ModuleDetails>& modules);

}  // namespace kmodsec
