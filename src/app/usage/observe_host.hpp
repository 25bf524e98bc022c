// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>

#include "app/options.hpp"
#include "base/result.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// The facts by which `with_observation` judges a sighting: the sighting, or the host as a whole
/// where something is loaded that was never seen before. Without what was opened (see
/// `without_opened`) if the sighting is.
Result<Facts> facts_to_observe(const UsageRecord& record, const Facts& sighting,
                               const Options& options);

/// All kernels, where `with_successors` has to look at them; else nothing.
Result<std::optional<Facts>> kernels_to_follow(const UsageRecord& record, const Facts& sighting,
                                               const Options& options);

}  // namespace kmodsec
