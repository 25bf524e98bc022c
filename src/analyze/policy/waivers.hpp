// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/audit.hpp"

namespace kmodsec {

/// Takes out of a verdict what a waiver of the policy covers at the time of the facts, and keeps it
/// as waived. A check whose findings are all waived is waived, or unknown where it has gaps.
void waive_findings(const Facts& facts, CheckResult& result);

}  // namespace kmodsec
