// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// How long a record has to be before what it has not is denied.
inline constexpr std::int64_t least_recorded_seconds = 7 * 24 * 3600;
inline constexpr std::size_t least_recorded_boots = 2;

/// Whether 'everything else' can be denied on this host, and what speaks against it.
struct UsageReadiness {
  bool ready = false;
  std::vector<std::string> reasons;  ///< Why not yet, each a sentence with its figures.
  std::int64_t recorded = 0;         ///< Seconds from the first sighting to the last.
  std::size_t boots = 0;
  std::optional<std::int64_t> quiet_since;  ///< When something would have been stopped last.
};

/// Not ready: no record, one of another host, one that is too short, a clock that was set back
/// behind it, and something within the last week that would have been stopped.
UsageReadiness usage_readiness(const Facts& facts);

}  // namespace kmodsec
