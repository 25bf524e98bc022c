// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/audit.hpp"
#include "report/json.hpp"

namespace kmodsec {

/// What the document of an audit and its lines share.

/// The state of the host's kernel; null where it was not seen.
Json posture_json(const Facts& facts);

/// How many checks came to each status.
Json summary_json(const AuditReport& report);

Json finding_json(const Finding& finding);

/// The finding, and who answers for it.
Json waived_json(const WaivedFinding& waived);

}  // namespace kmodsec
