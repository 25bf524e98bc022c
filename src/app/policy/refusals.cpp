// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/refusals.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utc_time.hpp"

namespace kmodsec {

Result<void> nothing_is_refused(const Plan& plan) {
  std::vector<std::string> reasons;
  std::vector<std::string> overrides;
  for (const Conflict& conflict : plan.conflicts) {
    if (conflict.overridden) continue;
    reasons.push_back(reasons.empty() ? conflict.reason : conflict.module + ": " + conflict.reason);
    const std::string words = "--override " + conflict.module;
    if (std::ranges::find(overrides, words) == overrides.end()) overrides.push_back(words);
  }
  if (reasons.empty()) return {};
  const auto first = std::ranges::find(plan.conflicts, false, &Conflict::overridden);
  return failure(
      ErrorKind::usage, first->module,
      fmt::format("{}; to do it all the same: {}", join(reasons, "; "), join(overrides, " ")));
}

Result<void> nothing_is_in_the_way(const Plan& plan) {
  if (!plan.unreadable.empty())
    return failure(ErrorKind::denied, plan.unreadable.front().what, plan.unreadable.front().why);
  return nothing_is_refused(plan);
}

std::vector<std::string> reasons_of(const Plan& plan, const ChangeOptions& options) {
  std::vector<std::string> reasons;
  for (const Conflict& conflict : plan.conflicts) {
    if (conflict.overridden)
      reasons.push_back(fmt::format("--override {}: {}", conflict.module, conflict.reason));
  }
  if (!options.from_mode.empty()) reasons.push_back("--from " + options.from_mode);
  if (options.verb != "unblock") return reasons;
  for (const OpenedModule& opened : plan.opened)
    reasons.push_back(fmt::format("{} is open until {}: {}", opened.exception.module,
                                  utc_text(opened.exception.until), opened.exception.reason));
  return reasons;
}

}  // namespace kmodsec
