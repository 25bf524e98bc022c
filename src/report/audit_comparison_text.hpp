// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>

#include "model/audit.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// With which answer this one was compared, and what came of it, in a line.
std::string print_comparison_head(const AuditComparison& comparison, const Style& style);

/// What is no longer found, and what was not looked for again. `most` of each are shown.
std::string print_earlier_findings(const AuditComparison& comparison, std::size_t most,
                                   const Style& style);

}  // namespace kmodsec
