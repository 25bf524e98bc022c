// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/audit.hpp"

namespace kmodsec {

/// Takes out of a verdict what a waiver of the policy covers at the time of the facts, and keeps it
/// as waived. A check whose findings are all waived is waived; what it could not see stays a gap.
void waive_findings(const Facts& facts, CheckResult& result);

/// Takes out of what was not seen what a waiver of the policy covers at the time of the facts, and
/// adds it to what is waived, which is sorted then, each gap once.
void waive_gaps(const Facts& facts, std::vector<Unseen>& unseen, std::vector<WaivedGap>& waived);

/// The same of a verdict. A check that could not judge for waived gaps alone is waived.
void waive_gaps(const Facts& facts, CheckResult& result);

/// The waivers that are in force and cover nothing: their subject is misspelt, or what they were
/// written for is over. One of a check that could not look at all it needs may cover what was not
/// seen, and is not idle. The results of the report, and its waived gaps, are those that
/// `waive_findings` and `waive_gaps` left.
std::vector<const PolicyWaiver*> idle_waivers(const AuditReport& report);

}  // namespace kmodsec
