// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whether a record of use is long enough to deny what it has not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kmodsec {

/// How long a record has to be before what it has not is denied.
inline constexpr std::int64_t least_recorded_seconds = 7L * 24 * 3600;
inline constexpr std::size_t least_recorded_boots = 2;

/// For how long nothing may have been loaded that enforcement would have stopped.
inline constexpr std::int64_t least_quiet_seconds = 7L * 24 * 3600;

/// The name by which a plan is carried out in spite of its record: --override usage-record.
inline constexpr char usage_record_override[] = "usage-record";

/// Whether 'everything else' can be denied on this host, and what speaks against it.
struct UsageReadiness {
  bool ready = false;
  bool has_own_record = false;       ///< There is one of this host, with a boot of it.
  std::vector<std::string> reasons;  ///< Why not yet, each a sentence with its figures.
  std::int64_t recorded = 0;         ///< Seconds from the first sighting to the last.
  std::size_t boots = 0;
  std::optional<std::int64_t> observed_since;  ///< Seconds since 1970-01-01T00:00:00Z.
  std::optional<std::int64_t> last_stopped;    ///< When something would have been stopped last.
};

}  // namespace kmodsec
