// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/audit.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// What the policy waives, with who answers for it until when, and the waivers that cover nothing.
std::string print_waivers(const AuditReport& report, const Style& style);

}  // namespace kmodsec
