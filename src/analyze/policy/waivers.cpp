// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/waivers.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace kmodsec {
namespace {

class Waivers {
 public:
  Waivers(const Policy& policy, std::string_view check, std::int64_t now) {
    for (const PolicyWaiver& waiver : policy.waivers) {
      if (waiver.check == check && now < waiver.until) waivers_.push_back(&waiver);
    }
  }

  const PolicyWaiver* of(const Finding& finding) const {
    const auto found = std::ranges::find_if(waivers_, [&](const PolicyWaiver* waiver) {
      return waiver->subject.empty() || waiver->subject == finding.subject;
    });
    return found == waivers_.end() ? nullptr : *found;
  }

  bool empty() const { return waivers_.empty(); }

 private:
  std::vector<const PolicyWaiver*> waivers_;
};

}  // namespace

void waive_findings(const Facts& facts, CheckResult& result) {
  if (!facts.policy || result.verdict.status != Status::fail) return;
  const Waivers waivers(*facts.policy, result.check->id, facts.time);
  if (waivers.empty()) return;
  std::vector<Finding> left;
  for (Finding& finding : result.verdict.findings) {
    if (const PolicyWaiver* waiver = waivers.of(finding))
      result.waived.push_back({std::move(finding), waiver});
    else
      left.push_back(std::move(finding));
  }
  result.verdict.findings = std::move(left);
  if (!result.verdict.findings.empty()) return;
  result.verdict.status = result.verdict.unseen.empty() ? Status::waived : Status::unknown;
}

}  // namespace kmodsec
