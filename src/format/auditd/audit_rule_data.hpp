// SPDX-License-Identifier: GPL-2.0-or-later
//
// A rule as the kernel gives it back: struct audit_rule_data of linux/audit.h, in the byte order
// of the host, with the texts of its conditions one after the other behind it.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "model/auditd/auditd.hpp"

namespace kmodsec {

/// `native` is the architecture of the host as audit has it, for a rule that names none.
Result<AuditRule> parse_audit_rule_data(std::string_view bytes, std::uint32_t native);

}  // namespace kmodsec
