// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/judge_exceptions.hpp"

#include <utility>
#include <vector>

#include "analyze/judge.hpp"

namespace kmodsec {

Evidence evidence_in_policy(const std::string& source, std::size_t line, std::string value) {
  return {source.empty() ? "policy" : source,
          line == 0 ? std::nullopt : std::optional<std::size_t>(line), std::move(value)};
}

Verdict judge_exceptions(
    const Facts& facts,
    const std::function<std::string(const PolicyException& exception)>& complaint) {
  if (!facts.policy) return unknown(facts.policy.error());
  if (facts.policy->exceptions.empty()) return not_applicable("the policy has no exceptions");
  std::vector<Finding> findings;
  for (const PolicyException& exception : facts.policy->exceptions) {
    std::string message = complaint(exception);
    if (message.empty()) continue;
    findings.push_back(
        {exception.module,
         std::move(message),
         {evidence_in_policy(exception.source, exception.line, "reason: " + exception.reason)}});
  }
  sort_by_subject(findings);
  return judge(std::move(findings));
}

}  // namespace kmodsec
