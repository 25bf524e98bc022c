// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/judge_exceptions.hpp"

#include <utility>
#include <vector>

#include "analyze/judge.hpp"

namespace kmodsec {

Verdict judge_exceptions(
    const Facts& facts,
    const std::function<std::string(const PolicyException& exception)>& complaint) {
  if (!facts.policy) return unknown(facts.policy.error());
  if (facts.policy->exceptions.empty()) return not_applicable("the policy has no exceptions");
  std::vector<Finding> findings;
  for (const PolicyException& exception : facts.policy->exceptions) {
    std::string message = complaint(exception);
    if (message.empty()) continue;
    findings.push_back({exception.module,
                        std::move(message),
                        {{facts.policy->sources.empty() ? "policy" : facts.policy->sources.front(),
                          {},
                          "reason: " + exception.reason}}});
  }
  sort_by_subject(findings);
  return judge(std::move(findings));
}

}  // namespace kmodsec
