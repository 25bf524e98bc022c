// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "model/policy/policy.hpp"

namespace kmodsec {

/// The denies of a policy at `now` (seconds since 1970), without the modules that an exception
/// allows at that time.
std::vector<PolicyDeny> active_denies(const Policy& policy, std::int64_t now);

/// Whether it still allows its module.
inline bool is_active(const PolicyException& exception, std::int64_t now) {
  return now < exception.until;
}

}  // namespace kmodsec
