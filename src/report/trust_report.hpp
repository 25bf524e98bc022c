// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/trust_report.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// `each` shows every module; otherwise only those whose signature is not valid, and the counts.
std::string print_trust_text(const TrustReport& report, const Style& style, bool each);

std::string print_trust_json(const TrustReport& report);

}  // namespace kmodsec
