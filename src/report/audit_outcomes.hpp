// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/audit.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// The first line of an audit: of which host, when its facts were collected, and with which version
/// of this program it was judged.
std::string print_audit_head(const Facts& facts, const Style& style);

/// Each check that passed, that could not judge and why, and that does not apply and why.
std::string print_audit_outcomes(const AuditReport& report, const Style& style);

}  // namespace kmodsec
