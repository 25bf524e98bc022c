// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/active_denies.hpp"

#include <algorithm>
#include <iterator>

namespace kmodsec {

std::vector<PolicyDeny> active_denies(const Policy& policy, std::int64_t now) {
  const auto is_allowed = [&](const PolicyDeny& deny) {
    return std::ranges::any_of(policy.exceptions, [&](const PolicyException& exception) {
      return exception.module == deny.module && is_active(exception, now);
    });
  };
  std::vector<PolicyDeny> denies;
  std::ranges::remove_copy_if(policy.denies, std::back_inserter(denies), is_allowed);
  return denies;
}

}  // namespace kmodsec
