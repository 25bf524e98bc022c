// SPDX-License-Identifier: GPL-2.0-or-later
//
// What distributions publish of vulnerabilities, in JSON: Debian's tracker
// (https://security-tracker.debian.org/tracker/data/json), OSV (https://ossf.github.io/osv-schema,
// one record or an array of them; Debian, Ubuntu), and CSAF VEX
// (https://docs.oasis-open.org/csaf/csaf/v2.0; Red Hat, one document for each vulnerability).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/cves/cve_tracker.hpp"

namespace kmodsec {

/// Debian's file had 70 MB in 2026.
inline constexpr std::size_t cve_tracker_limit = 256UL * 1024 * 1024;

/// The statements on kernels, sorted by id. `malformed` for what is none of the three formats,
/// `too_large` for more than two million statements.
Result<std::vector<TrackerStatement>> parse_cve_tracker(std::string_view text);

}  // namespace kmodsec
