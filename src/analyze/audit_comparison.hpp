// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/audit.hpp"

namespace kmodsec {

/// Says of each finding whether an earlier answer had it: by its check and its subject, and where
/// these have several, by what is said first. The new ones come first in their verdicts. What was
/// waived then and is not now is new. What is waived now is neither new nor gone.
///
/// An earlier finding is gone where its check looked at all it needs, a kernel that runs among it,
/// and at as many modules as it did then; otherwise it is undecided.
void compare_audits(const EarlierAudit& earlier, AuditReport& report);

}  // namespace kmodsec
