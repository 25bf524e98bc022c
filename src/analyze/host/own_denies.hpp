// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <set>
#include <string>

#include "model/facts.hpp"

namespace kmodsec {

/// The modules that an install line of our deny file names. Empty without the configuration.
std::set<std::string> denied_now(const Facts& facts);

/// The facts as they would be without our denies, and without what holds for a while only: what
/// runs, the images that are made anew, and module files that may be damaged today. The
/// configuration must have been seen.
Facts facts_without_denies(const Facts& facts);

}  // namespace kmodsec
