// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/audit_comparison.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kmodsec {
namespace {

/// The findings of an earlier answer that nothing was found to equal yet.
class UnmatchedFindings {
 public:
  explicit UnmatchedFindings(const std::vector<EarlierFinding>& findings)
      : left_(findings.begin(), findings.end()) {}

  bool take_equal(std::string_view check, const Finding& finding) {
    return take(left_.find({std::string(check), finding.subject, finding.message}));
  }

  /// One of the same subject, whatever it says.
  bool take_like(std::string_view check, const Finding& finding) {
    const auto found = left_.lower_bound({std::string(check), finding.subject, {}});
    if (found == left_.end() || found->check != check || found->subject != finding.subject)
      return false;
    return take(found);
  }

  const std::multiset<EarlierFinding>& left() const { return left_; }

 private:
  bool take(std::multiset<EarlierFinding>::const_iterator found) {
    if (found == left_.end()) return false;
    left_.erase(found);
    return true;
  }

  std::multiset<EarlierFinding> left_;
};

/// Of those that are waived nothing is new; they were there before if the earlier answer had them.
void match_waived(const CheckResult& result, UnmatchedFindings& earlier) {
  for (const WaivedFinding& waived : result.waived) {
    if (!earlier.take_equal(result.check->id, waived.finding))
      earlier.take_like(result.check->id, waived.finding);
  }
}

/// What says the same first: of several findings of a subject the one that says something else is
/// the new one.
void match_findings(CheckResult& result, UnmatchedFindings& earlier) {
  std::vector<Finding>& findings = result.verdict.findings;
  const std::string_view check = result.check->id;
  std::vector<bool> is_known(findings.size());
  for (std::size_t i = 0; i < findings.size(); ++i)
    is_known[i] = earlier.take_equal(check, findings[i]);
  for (std::size_t i = 0; i < findings.size(); ++i)
    is_known[i] = is_known[i] || earlier.take_like(check, findings[i]);
  std::vector<Finding> fresh;
  std::vector<Finding> known;
  for (std::size_t i = 0; i < findings.size(); ++i)
    (is_known[i] ? known : fresh).push_back(std::move(findings[i]));
  result.new_findings = fresh.size();
  std::ranges::move(known, std::back_inserter(fresh));
  findings = std::move(fresh);
}

/// What the check is about is the state of a kernel, and none runs here.
bool lacks_its_kernel(const CheckResult& result, const Facts& facts) {
  return result.check->needs != Needs::nothing && !facts.live;
}

/// Whether what the check does not find is not there.
bool looked_at_all(const CheckResult& result, const Facts& facts) {
  return result.verdict.status != Status::unknown && result.verdict.unseen.empty() &&
         result.waived_gaps.empty() && !lacks_its_kernel(result, facts);
}

std::set<std::string_view> checks_that_looked_at_all(const AuditReport& report) {
  std::set<std::string_view> checks;
  for (const CheckResult& result : report.results) {
    if (looked_at_all(result, *report.facts)) checks.insert(result.check->id);
  }
  return checks;
}

void sort_out(const EarlierAudit& earlier, const UnmatchedFindings& unmatched,
              const AuditReport& report, AuditComparison& comparison) {
  const bool looked_at_less = earlier.all_modules && !report.all_modules;
  const std::set<std::string_view> whole = checks_that_looked_at_all(report);
  for (const EarlierFinding& finding : unmatched.left()) {
    const bool is_gone = !looked_at_less && whole.contains(finding.check);
    (is_gone ? comparison.gone : comparison.undecided).push_back(finding);
  }
}

std::vector<Unseen> gaps_not_in(std::vector<Unseen> earlier, const std::vector<Unseen>& unseen) {
  sort_unique(earlier);
  std::vector<Unseen> added;
  std::ranges::copy_if(unseen, std::back_inserter(added), [&](const Unseen& gap) {
    return !std::ranges::binary_search(earlier, gap);
  });
  sort_unique(added);
  return added;
}

bool is_of_another_host(const EarlierAudit& earlier, const Facts& facts) {
  const Seen<std::string>& machine = facts.host.machine_id;
  return machine && !earlier.machine_id.empty() && earlier.machine_id != *machine;
}

}  // namespace

void compare_audits(const EarlierAudit& earlier, AuditReport& report) {
  UnmatchedFindings unmatched(earlier.findings);
  for (CheckResult& result : report.results) match_findings(result, unmatched);
  for (const CheckResult& result : report.results) match_waived(result, unmatched);
  AuditComparison comparison{.host = earlier.host,
                             .time = earlier.time,
                             .other_host = is_of_another_host(earlier, *report.facts),
                             .new_findings = 0,
                             .known_findings = 0,
                             .gone = {},
                             .undecided = {},
                             .new_gaps = gaps_not_in(earlier.unseen, report.unseen)};
  for (const CheckResult& result : report.results) {
    comparison.new_findings += result.new_findings;
    comparison.known_findings += result.verdict.findings.size() - result.new_findings;
  }
  sort_out(earlier, unmatched, report, comparison);
  report.comparison = std::move(comparison);
}

}  // namespace kmodsec
