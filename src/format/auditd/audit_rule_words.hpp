// SPDX-License-Identifier: GPL-2.0-or-later
//
// What two spellings of an audit rule have in common: files have words, the kernel has numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/auditd/auditd.hpp"

namespace kmodsec {

/// The same rule in its one form: values in one spelling, conditions and calls sorted.
void normalize(AuditRule& rule);

/// "rwxa", in this order, of any order.
std::string permission_letters(std::string_view letters);
std::string permission_letters(std::uint32_t bits);

}  // namespace kmodsec
