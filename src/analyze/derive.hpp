// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/derived.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// The folder of the kernel that runs; null where none runs, or it is not installed.
const ModuleTree* running_tree(const Facts& facts);

/// Draws the conclusions that checks and verbs share. `facts` must outlive the result.
Derived derive(const Facts& facts);

}  // namespace kmodsec
