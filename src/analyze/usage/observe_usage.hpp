// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/facts.hpp"

namespace kmodsec {

/// What the mode "observe" adds to a record before `with_sighting` does: since when it observes,
/// and each module that is loaded although the keep set of the record as it was has it not. In any
/// other mode the record as it is; where the policy has none, without what was observed once.
UsageRecord with_observation(UsageRecord record, const Facts& facts);

}  // namespace kmodsec
