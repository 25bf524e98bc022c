// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/audit.hpp"
#include "model/status.hpp"

namespace kmodsec {

/// An audit at a glance, and beside it who can bring in what is not loaded. `audit` must outlive
/// it.
HostStatus status_of(const AuditReport& audit);

/// What was not seen for the glance is not seen in the audit that begins with it.
void take_gaps(const HostStatus& status, AuditReport& audit);

}  // namespace kmodsec
