// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "analyze/judge.hpp"
#include "analyze/policy/active_denies.hpp"
#include "analyze/policy/judge_exceptions.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

constexpr std::int64_t day = 24 * 60 * 60;
constexpr std::int64_t longest = 7 * day;

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_exceptions(facts, [&](const PolicyException& exception) -> std::string {
    const std::int64_t left = exception.until - facts.time;
    if (left <= longest) return {};
    return fmt::format("it is open for {} more days", left / day);
  });
}

}  // namespace

extern const Check policy_002_exception_long{
    .id = "POLICY-002",
    .title = "No exception of the policy has more than a week to go",
    .fault = "An exception of the policy has more than a week to go",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .method = "The exceptions of the policy. It fails for each that ends in more than seven days.",
    .rationale =
        "An exception is for an emergency. One that has more than a week to go is a change of the "
        "policy that nobody decided on, and the module stays open while everybody forgets it.",
    .remedy =
        "End it with kmodsec deny MODULE. If the host needs the module for good, stop denying it: "
        "kmodsec allow MODULE.",
    .references = {"man:kmodsec(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
