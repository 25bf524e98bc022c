// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/waivers.hpp"

#include <algorithm>
#include <set>
#include <string_view>
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

/// Which subjects were waived, by the check that found them. Without a subject: any.
class WaivedSubjects {
 public:
  explicit WaivedSubjects(const std::vector<CheckResult>& results) {
    for (const CheckResult& result : results) {
      const Status status = result.verdict.status;
      const bool judged = status != Status::unknown && status != Status::not_applicable;
      if (judged) judged_.insert(result.check->id);
      for (const WaivedFinding& one : result.waived) {
        waived_.emplace(result.check->id, one.finding.subject);
        waived_.emplace(result.check->id, "");
      }
    }
  }

  bool judged(const PolicyWaiver& waiver) const { return judged_.contains(waiver.check); }
  bool has(const PolicyWaiver& waiver) const {
    return waived_.contains({waiver.check, waiver.subject});
  }

 private:
  std::set<std::string_view> judged_;
  std::set<std::pair<std::string_view, std::string_view>> waived_;
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
  if (result.verdict.findings.empty()) result.verdict.status = Status::waived;
}

std::vector<const PolicyWaiver*> idle_waivers(const Facts& facts,
                                              const std::vector<CheckResult>& results) {
  std::vector<const PolicyWaiver*> idle;
  if (!facts.policy) return idle;
  const WaivedSubjects waived(results);
  for (const PolicyWaiver& waiver : facts.policy->waivers) {
    if (facts.time < waiver.until && waived.judged(waiver) && !waived.has(waiver))
      idle.push_back(&waiver);
  }
  return idle;
}

}  // namespace kmodsec
