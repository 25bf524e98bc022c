// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/check.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// Whether the mode "observe" has something to judge: a module is loaded, or was by the audit log,
/// that the record has not.
/// Only then `with_observation` asks more of the facts than the policy and what is loaded.
bool has_news_to_observe(const UsageRecord& record, const Facts& facts);

/// A record, and what was not seen where it had to be judged: then no load of now is noted, and
/// observing begins anew.
struct Observation {
  UsageRecord record;
  std::vector<Unseen> unseen;
};

/// What the mode "observe" adds to a record before `with_sighting` does: since when it observes,
/// and each module that is loaded although it would be closed by the record as it was. In the
/// mode "enforce" the record as it is; where the policy has neither, without what was observed
/// once.
Observation with_observation(UsageRecord record, const Facts& facts);

/// The record where a sighting could not be judged: what came into use with it, or before, counts
/// as never observed.
UsageRecord observed_anew(UsageRecord record, const Facts& facts);

/// The facts without what is loaded, or was by the audit log, although kmodsec denies it or an
/// exception of the policy opens it for a while: no such use is a reason to keep a module once the
/// exception is over. What the record has from before stays.
Facts without_opened(Facts facts, const UsageRecord& record);

}  // namespace kmodsec
