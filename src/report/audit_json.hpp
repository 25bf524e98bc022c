// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "model/audit.hpp"
#include "report/json.hpp"

namespace kmodsec {

/// What the document of an audit and its lines share.

/// The state of the host's kernel; null where it was not seen.
Json posture_json(const Facts& facts);

/// How many checks came to each status.
Json summary_json(const AuditReport& report);

/// The finding, and after a comparison whether it is "new" or "known".
Json finding_json(const AuditReport& report, const CheckResult& result, std::size_t index);

/// A finding of an earlier answer.
Json earlier_json(const EarlierFinding& finding);

/// "new" or "known".
std::string_view age_of(const AuditComparison& comparison, const Unseen& gap);

/// The finding, and who answers for it.
Json waived_json(const WaivedFinding& waived);

/// What could not be seen, and who answers for it.
Json waived_gap_json(const WaivedGap& waived);
Json waived_gaps_json(const std::vector<WaivedGap>& waived);

}  // namespace kmodsec
