// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.hpp"
#include "model/audit_comparison.hpp"

namespace kmodsec {

inline constexpr std::size_t earlier_audit_limit = 64UL * 1024 * 1024;

/// The document `kmodsec.audit/1`, as `audit --format json` of any version wrote it: what it found
/// and could not see. Errors: `malformed` for what is no such document, or names a finding or a gap
/// in part; `too_large` for one of more than `earlier_audit_limit` bytes, or of more values than an
/// answer has.
Result<EarlierAudit> parse_earlier_audit(std::string_view bytes);

}  // namespace kmodsec
