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
    return "its time is over, and the policy still has it";
  });
}

}  // namespace

extern const Check policy_001_exception_over{
    .id = "POLICY-001",
    .title = "No exception of the policy is over",
    .fault = "An exception of the policy is over",
    .severity = Severity::low,
    .needs = Needs::nothing,
    .rationale =
        "An exception ends by itself: a timer applies the policy at its time. What is left in the "
        "file then says that a deny does not hold which does, or that the timer did not run; "
        "whether the module is closed again is what POLICY-003 tells.",
    .remedy =
        "kmodsec deny MODULE takes the exceptions of a module out of the policy and closes it; "
        "kmodsec apply closes what is over and leaves the text alone.",
    .command = "kmodsec apply",
    .references = {"man:kmodsec(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
