// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/facts.hpp"

namespace kmodsec {

/// The facts as they would be without our denies, and without what holds for a while only: what
/// runs, and the images that are made anew. The configuration must have been seen.
Facts facts_without_denies(const Facts& facts);

}  // namespace kmodsec
