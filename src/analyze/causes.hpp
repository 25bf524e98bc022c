// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/audit.hpp"

namespace kmodsec {

/// Fills in `CheckResult::cause`: one unsigned module fails half a dozen checks, and is one fault.
/// A check that follows from another is explained by it when every subject of its findings, where
/// that is a name, is one of the other's too.
void find_causes(std::vector<CheckResult>& results);

}  // namespace kmodsec
