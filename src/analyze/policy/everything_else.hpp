// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/facts.hpp"
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

/// Every module of an installed kernel that is not kept (see usage/keep_set.hpp), but for those
/// that an exception opens, and what these need. Empty where the policy does not ask for it.
EverythingElse everything_else(const Facts& facts);

/// What speaks against denying this, in sentences: what was not seen and could need a module, and
/// what the record lacks. Nothing where no module is denied that was not denied before; where most
/// are denied already, and what is new comes with a kernel that never ran, a record of this host is
/// enough, however short it is.
std::vector<std::string> objections_to(const Facts& facts, const EverythingElse& all_else);

}  // namespace kmodsec
