// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "app/options.hpp"
#include "model/audit_comparison.hpp"

namespace kmodsec {

/// An answer of `audit --format json` that the user named; "-" is standard input. It counts for the
/// budget of the run.
Result<EarlierAudit> read_earlier_audit(const Options& options, const std::string& path);

}  // namespace kmodsec
