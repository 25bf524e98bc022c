// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "app/answer.hpp"
#include "app/options.hpp"
#include "model/audit.hpp"

namespace kmodsec {

/// All that an audit shows; with `every_module`, of each module of the tree and not of the loaded
/// alone.
Result<Facts> read_machine_for_audit(const Options& options, bool every_module);

/// Findings from a severity on, or else gaps.
Outcome outcome_of(const AuditReport& report, Severity fail_on);

}  // namespace kmodsec
