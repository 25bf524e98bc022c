// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "analyze/baseline/baseline_changes.hpp"

namespace kmodsec {

/// depmod writes an index anew when a module comes or goes, and says in it what the files say. The
/// modules among `changes` have been explained already, and so has what a package explains.
void explain_index(const ChangeEvidence& evidence, const std::vector<BaselineChange>& changes,
                   BaselineChange& change);

}  // namespace kmodsec
