// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/waivers.hpp"

#include <algorithm>
#include <map>
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
      if (!waiver.check.empty() && waiver.check == check && now < waiver.until)
        waivers_.push_back(&waiver);
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

/// Those of gaps that are in force, by what cannot be looked at.
class GapWaivers {
 public:
  GapWaivers(const Policy& policy, std::int64_t now) {
    for (const PolicyWaiver& waiver : policy.waivers) {
      if (!waiver.gap.empty() && now < waiver.until) waivers_.emplace(waiver.gap, &waiver);
    }
  }

  const PolicyWaiver* of(const Unseen& gap) const {
    const auto [first, last] = waivers_.equal_range(gap.what);
    const auto found = std::find_if(first, last, [&](const auto& waiver) {
      return waiver.second->why.empty() || waiver.second->why == gap.why;
    });
    return found == last ? nullptr : found->second;
  }

  bool empty() const { return waivers_.empty(); }

 private:
  std::multimap<std::string_view, const PolicyWaiver*> waivers_;
};

void sort_unique(std::vector<WaivedGap>& waived) {
  std::ranges::sort(waived, {}, &WaivedGap::gap);
  const auto twice = std::ranges::unique(waived, {}, &WaivedGap::gap);
  waived.erase(twice.begin(), twice.end());
}

/// Which subjects were waived, by the check that found them. Without a subject: any.
class WaivedSubjects {
 public:
  explicit WaivedSubjects(const AuditReport& report) {
    for (const CheckResult& result : report.results) {
      if (looked_at_all(result)) whole_.insert(result.check->id);
      for (const WaivedFinding& one : result.waived) {
        waived_.emplace(result.check->id, one.finding.subject);
        waived_.emplace(result.check->id, "");
      }
    }
    for (const WaivedGap& one : report.waived_gaps) covering_.insert(one.waiver);
  }

  bool is_idle(const PolicyWaiver& waiver) const {
    if (waiver.check.empty()) return !covering_.contains(&waiver);
    return whole_.contains(waiver.check) && !waived_.contains({waiver.check, waiver.subject});
  }

 private:
  static bool looked_at_all(const CheckResult& result) {
    const Status status = result.verdict.status;
    return status != Status::unknown && status != Status::not_applicable &&
           result.verdict.unseen.empty() && result.waived_gaps.empty();
  }

  std::set<std::string_view> whole_;
  std::set<std::pair<std::string_view, std::string_view>> waived_;
  std::set<const PolicyWaiver*> covering_;
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

void waive_gaps(const Facts& facts, std::vector<Unseen>& unseen, std::vector<WaivedGap>& waived) {
  if (!facts.policy) return;
  const GapWaivers waivers(*facts.policy, facts.time);
  if (waivers.empty()) return;
  std::erase_if(unseen, [&](Unseen& gap) {
    const PolicyWaiver* waiver = waivers.of(gap);
    if (waiver != nullptr) waived.push_back({std::move(gap), waiver});
    return waiver != nullptr;
  });
  sort_unique(waived);
}

void waive_gaps(const Facts& facts, CheckResult& result) {
  Verdict& verdict = result.verdict;
  waive_gaps(facts, verdict.unseen, result.waived_gaps);
  const bool waived = !result.waived_gaps.empty() && verdict.unseen.empty();
  if (waived && verdict.status == Status::unknown) verdict.status = Status::waived;
}

std::vector<const PolicyWaiver*> idle_waivers(const AuditReport& report) {
  std::vector<const PolicyWaiver*> idle;
  const Facts& facts = *report.facts;
  if (!facts.policy) return idle;
  const WaivedSubjects waived(report);
  for (const PolicyWaiver& waiver : facts.policy->waivers) {
    if (facts.time < waiver.until && waived.is_idle(waiver)) idle.push_back(&waiver);
  }
  return idle;
}

}  // namespace kmodsec
