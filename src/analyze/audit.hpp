// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>

#include "model/audit.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// Runs the checks on what was collected. A check that needs what this machine does not have
/// (a running kernel, support for modules) is not applicable; whether it has that is unknown
/// when it could not be seen. `facts` must outlive the report.
AuditReport audit(const Facts& facts, std::span<const Check* const> checks = all_checks());

/// The gaps in what `audit` shows first: the state of the kernel and the list of modules.
std::vector<Unseen> unseen_posture(const Facts& facts);

}  // namespace kmodsec
