// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/active_denies.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "analyze/usage/opened_modules.hpp"

#include "base/utc_time.hpp"

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

std::set<std::string> opened_now(const Facts& facts) {
  std::set<std::string> modules;
  for (const PolicyException& exception : facts.policy->exceptions) {
    if (is_active(exception, facts.time)) modules.insert(exception.module);
  }
  return with_needs(facts, std::move(modules));
}

std::string why_excepted(const Policy& policy, const std::string& module, std::int64_t now) {
  for (const PolicyException& exception : policy.exceptions) {
    if (exception.module == module && is_active(exception, now))
      return "an exception of the policy until " + utc_date(exception.until);
  }
  const bool is_named = std::ranges::find(policy.deny.except, module) != policy.deny.except.end();
  return is_named ? "deny.except of the policy names it" : "";
}

}  // namespace kmodsec
