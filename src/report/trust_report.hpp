// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/trust_report.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// The counts, then the modules: `each` of them, or only those that are not in order.
std::string print_trust_text(const TrustReport& report, const Style& style, bool each);

std::string print_trust_json(const TrustReport& report);

}  // namespace kmodsec
