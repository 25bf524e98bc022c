// SPDX-License-Identifier: GPL-2.0-or-later
#include <vector>

#include "analyze/judge.hpp"
#include "analyze/policy/active_denies.hpp"
#include "analyze/policy/judge_exceptions.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_exceptions(facts, [&](const PolicyException& exception) -> std::string {
    if (is_active(exception, facts.time)) return {};
    return "it has expired, and the policy still has it";
  });
}

}  // namespace

extern const Check policy_001_exception_over{
    .id = "POLICY-001",
    .title = "No exception of the policy has expired",
    .fault = "An exception of the policy has expired",
    .severity = Severity::low,
    .needs = Needs::nothing,
    .method = "The exceptions of the policy. It fails for each whose time is over.",
    .rationale =
        "An exception ends by itself: a timer applies the policy at its time. Where the policy "
        "still has it, either the module is closed again and the text misleads, or the timer did "
        "not run and the module is still open: POLICY-003 says which.",
    .remedy =
        "kmodsec deny MODULE removes the exceptions of a module from the policy and closes it; "
        "kmodsec apply closes what has expired and leaves the policy as it is.",
    .command = "kmodsec deny {}",
    .references = {"man:kmodsec(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
