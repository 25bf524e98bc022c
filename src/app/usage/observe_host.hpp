// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "app/options.hpp"
#include "base/result.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// The record with what the mode "observe" of the policy makes of this sighting: see
/// `with_observation`. The host is read as a whole only where something is loaded that was never
/// seen before.
Result<UsageRecord> observed(UsageRecord record, const Facts& sighting, const Options& options);

}  // namespace kmodsec
