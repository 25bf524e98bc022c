// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/facts.hpp"

namespace kmodsec {

/// Whether the mode "observe" has something to judge: a module is loaded, or was by the audit log,
/// that the record has not.
/// Only then `with_observation` asks more of the facts than the policy and what is loaded.
bool has_news_to_observe(const UsageRecord& record, const Facts& facts);

/// What the mode "observe" adds to a record before `with_sighting` does: since when it observes,
/// and each module that is loaded although the keep set of the record as it was has it not. In the
/// mode "enforce" the record as it is; where the policy has neither, without what was observed
/// once.
UsageRecord with_observation(UsageRecord record, const Facts& facts);

/// The facts without what is loaded, or was by the audit log, although kmodsec denies it or an
/// exception of the policy opens it for a while: no such use is a reason to keep a module once the
/// exception is over. What the record has from before stays.
Facts without_opened(Facts facts, const UsageRecord& record);

}  // namespace kmodsec
