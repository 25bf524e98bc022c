// SPDX-License-Identifier: GPL-2.0-or-later
//
// The fields of a row of known vulnerabilities, each with what may stand in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/cves/known_cves.hpp"

namespace kmodsec {

/// Printable ASCII and tabs.
bool is_printable_row(std::string_view line);

/// "2026-08-21" in seconds since 1970-01-01T00:00:00Z. No day before that is one.
std::optional<std::int64_t> parse_day(std::string_view text);

/// "6.1", "2.6.39" or "6.1.183": two to four numbers.
bool is_kernel_release(std::string_view text);

/// "wild", "public", or nothing.
std::optional<Exploit> parse_exploit(std::string_view word);

/// What is wrong with the fields of a row, its id apart; empty when nothing is.
std::string_view flaw_of(const KnownCve& cve);

}  // namespace kmodsec
