// SPDX-License-Identifier: GPL-2.0-or-later
//
// The tables of known vulnerabilities (docs/cve-tables.md): text in ASCII, fields
// between tabs.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/cves/known_cves.hpp"

namespace kmodsec {

/// No set of tables is larger.
inline constexpr std::size_t known_cves_limit = 16UL * 1024 * 1024;

/// "2024-1086", as tables are sorted: by the year, then by the number.
struct CveId {
  unsigned year = 0;
  std::uint64_t number = 0;

  auto operator<=>(const CveId&) const = default;
};

/// Returns nothing when the text is no id. The id has no "CVE-".
std::optional<CveId> parse_cve_id(std::string_view text);

/// Whether this is "introduced>fixed,fixed;introduced>fixed", with releases of the kernel.
bool are_cve_versions(std::string_view text);

/// The views point into `text`; `KnownCves::text` stays empty. `malformed` with the number of the
/// line for whatever the format does not know, `too_large` for a text beyond `known_cves_limit`.
Result<KnownCves> parse_known_cves(std::string_view text);

}  // namespace kmodsec
