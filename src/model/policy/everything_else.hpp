// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/policy/policy.hpp"
#include "model/report.hpp"
#include "model/usage/keep_set.hpp"
#include "model/usage/usage_readiness.hpp"

namespace kmodsec {

/// What `deny.everything_else` comes to on a host.
struct EverythingElse {
  std::vector<PolicyDeny> denies;  ///< Sorted by module; none while it is only observed.
  KeepSet set;
  UsageReadiness readiness;
  bool in_force = false;       ///< Most of what is not kept is denied by kmodsec already.
  std::vector<Unseen> unseen;  ///< Without which a module that is needed could be denied.
};

}  // namespace kmodsec
