// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "analyze/usage/host_shares.hpp"
#include "app/usage/learn.hpp"
#include "collect/scope.hpp"
#include "model/report.hpp"

namespace kmodsec {

struct OtherHosts {
  std::vector<OtherHost> hosts;
  std::vector<Unseen> unseen;  ///< Without which one of them could miss a module.
};

/// The hosts that --from names, in its order: a record, a list of names, or a snapshot, which gives
/// the whole keep set of its host. `time`: seconds since 1970-01-01T00:00:00Z, for what has none.
Result<OtherHosts> read_other_hosts(const LearnOptions& options, const CollectScope& scope,
                                    std::int64_t time);

}  // namespace kmodsec
