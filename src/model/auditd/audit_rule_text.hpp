// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/auditd/auditd.hpp"

namespace kmodsec {

/// The rule as auditctl(8) takes it: "-a always,exit -F arch=b64 -S init_module -F key=modules".
std::string to_string(const AuditRule& rule);

std::string_view to_string(AuditRuleLoader loader);

/// The word sizes of the programs that a machine of this architecture may run: "b64", "b32".
std::vector<std::string_view> audit_word_sizes(std::string_view machine);

/// The system calls by which modules come and go.
inline constexpr std::string_view module_calls[] = {"init_module", "finit_module", "delete_module"};

}  // namespace kmodsec
