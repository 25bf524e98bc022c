// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analyze/judge.hpp"
#include "analyze/policy/judge_exceptions.hpp"
#include "base/utc_time.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

std::string complaint(const PolicyWaiver& waiver, std::int64_t now) {
  const bool known =
      waiver.check.empty() || std::ranges::any_of(all_checks(), [&](const Check* check) {
        return check->id == waiver.check;
      });
  if (!known) return "is waived, and there is no such check";
  if (now >= waiver.until) return "its waiver expired on " + utc_date(waiver.until);
  return {};
}

/// What was waived: the gap, or the check and the subject where the waiver has one. So is each of
/// them a finding of its own, which can be waived without the others.
std::string subject_of(const PolicyWaiver& waiver) {
  if (waiver.check.empty()) return waiver.gap;
  return waiver.subject.empty() ? waiver.check : waiver.check + " " + waiver.subject;
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.policy) return unknown(facts.policy.error());
  if (facts.policy->waivers.empty()) return not_applicable("the policy has no waivers");
  std::vector<Finding> findings;
  for (const PolicyWaiver& waiver : facts.policy->waivers) {
    std::string message = complaint(waiver, facts.time);
    if (message.empty()) continue;
    findings.push_back(
        {subject_of(waiver),
         std::move(message),
         {evidence_in_policy(waiver.source, waiver.line, waiver.owner + ": " + waiver.reason)}});
  }
  sort_by_subject(findings);
  return judge(std::move(findings));
}

}  // namespace

extern const Check policy_004_waiver_over{
    .id = "POLICY-004",
    .title = "Every waiver of the policy is in force",
    .fault = "A waiver of the policy has expired, or names no check",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .method =
        "The waivers of the policy. It fails for each whose time is over, or that names no check.",
    .rationale =
        "What is waived has an owner until a date. From then on the finding, or what could not be "
        "seen, counts again, and its owner has to fix it or to decide again.",
    .remedy =
        "Fix what the waiver is about and remove it from the policy, or give it another end "
        "and a reason.",
    .references = {"man:kmodsec(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
