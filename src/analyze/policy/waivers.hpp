// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/audit.hpp"

namespace kmodsec {

/// Takes out of a verdict what a waiver of the policy covers at the time of the facts, and keeps it
/// as waived. A check whose findings are all waived is waived; what it could not see stays a gap.
void waive_findings(const Facts& facts, CheckResult& result);

/// The waivers that are in force, whose check could judge, and that cover none of what it found:
/// their subject is misspelt, or what they were written for is over. `results` are
/// those of `waive_findings`.
std::vector<const PolicyWaiver*> idle_waivers(const Facts& facts,
                                              const std::vector<CheckResult>& results);

}  // namespace kmodsec
