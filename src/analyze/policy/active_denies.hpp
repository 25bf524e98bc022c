// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// The denies of a policy at `now` (seconds since 1970), without the modules that an exception
/// allows at that time.
std::vector<PolicyDeny> active_denies(const Policy& policy, std::int64_t now);

/// Whether it still allows its module.
inline bool is_active(const PolicyException& exception, std::int64_t now) {
  return now < exception.until;
}

/// The modules that an exception opens now, and what they need: without that they do not load. The
/// policy must have been seen.
std::set<std::string> opened_now(const Facts& facts);

/// Why the policy leaves a module open although a list of it may name that: "deny.except names it",
/// or an exception that is open at `now`. Empty where it does not.
std::string why_excepted(const Policy& policy, const std::string& module, std::int64_t now);

}  // namespace kmodsec
