// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/baseline/judge_baseline.hpp"

#include <utility>

namespace kmodsec {

Verdict baseline_finding(const BaselineStatus& status, std::string message) {
  std::string generation =
      status.exists ? "generation " + std::to_string(status.generation) : "absent";
  return judge({{"baseline", std::move(message), {{status.store, {}, std::move(generation)}}}});
}

bool has_foreign_baseline(const Facts& facts) {
  return facts.baseline && is_of_another_host(*facts.baseline, facts.host);
}

Error of_another_host() {
  return {ErrorKind::not_found, "baseline", "was recorded on another host"};
}

Error why_no_check(const BaselineStatus& status) {
  if (!status.flaw.empty())
    return {ErrorKind::malformed, "baseline", "what a damaged store says of checks is not known"};
  return {ErrorKind::not_found, "baseline", "no check of it is noted"};
}

Verdict judge_baseline(const Facts& facts, const FindFlaw& flaw) {
  if (!facts.baseline) return unknown(facts.baseline.error());
  if (!facts.baseline->exists) return not_applicable("this host has no baseline");
  std::string message = flaw(*facts.baseline);
  if (message.empty()) return judge({});
  return baseline_finding(*facts.baseline, std::move(message));
}

}  // namespace kmodsec
