// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/status.hpp"

#include "analyze/exposure_report.hpp"
#include "analyze/policy/waivers.hpp"
#include "analyze/usage/usage_readiness.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>
#include <string_view>

namespace kmodsec {
namespace {

constexpr std::size_t most_steps = 3;

const CheckResult* result_of(const AuditReport& audit, std::string_view id) {
  const auto found = std::ranges::find(audit.results, id,
                                       [](const CheckResult& result) { return result.check->id; });
  return found == audit.results.end() ? nullptr : &*found;
}

/// Also where somebody answers for what it could not see: that is not known any better.
bool could_not_judge(const CheckResult& result) {
  const bool found = !result.verdict.findings.empty() || !result.waived.empty();
  return result.verdict.status == Status::unknown || (!found && !result.waived_gaps.empty());
}

/// The loaded modules among the subjects of some checks, each once. Nothing when one of the checks
/// could not judge.
std::optional<std::size_t> loaded_subjects_of(const AuditReport& audit,
                                              std::initializer_list<std::string_view> ids) {
  if (!audit.facts->live) return 0;
  std::set<std::string_view> loaded, subjects;
  if (audit.facts->loaded) {
    for (const LoadedModule& module : *audit.facts->loaded) loaded.insert(module.name);
  }
  for (const std::string_view id : ids) {
    const CheckResult* result = result_of(audit, id);
    if (result == nullptr || could_not_judge(*result)) return std::nullopt;
    for (const Finding& finding : result->verdict.findings) {
      if (loaded.contains(finding.subject)) subjects.insert(finding.subject);
    }
  }
  return subjects.size();
}

void count_results(const AuditReport& audit, HostStatus& status) {
  for (const CheckResult& result : audit.results) {
    if (result.verdict.status == Status::unknown) ++status.unknown;
    if (result.verdict.status == Status::fail)
      ++status.failed[static_cast<std::size_t>(result.check->severity)];
  }
}

std::vector<Reach> reach_of(const ExposureReport& open) {
  std::map<AttackerPosition, std::size_t> counts;
  for (const ModuleLoadPaths& module : open.modules) {
    if (!module.loaded.value_or(false) && module.position < AttackerPosition::root)
      ++counts[module.position];
  }
  std::vector<Reach> reach;
  for (const auto& [position, modules] : counts) reach.push_back({position, modules});
  return reach;
}

/// The vulnerabilities are those of the audit, which has judged them.
ExposureReport open_modules(const Facts& facts) {
  if (lacks_module_support(facts)) return {};
  return answer_doors(facts,
                      {.modules = {}, .requests = {}, .all_open = true, .vulnerabilities = false});
}

/// What mends the most severe findings, each command once.
std::vector<NextStep> next_steps(const AuditReport& audit) {
  std::vector<const CheckResult*> failed;
  for (const CheckResult& result : audit.results) {
    if (result.verdict.status == Status::fail && result.cause.empty()) failed.push_back(&result);
  }
  std::ranges::stable_sort(failed, std::ranges::greater{},
                           [](const CheckResult* result) { return result->check->severity; });
  std::vector<NextStep> steps;
  for (const CheckResult* result : failed) {
    if (steps.size() == most_steps) break;
    if (std::ranges::find(steps, result->command, &NextStep::command) != steps.end()) continue;
    steps.push_back({result->command, std::string(result->check->fault)});
  }
  return steps;
}

}  // namespace

HostStatus status_of(const AuditReport& audit) {
  const ExposureReport open = open_modules(*audit.facts);
  HostStatus status;
  status.facts = audit.facts;
  count_results(audit, status);
  status.not_signed = loaded_subjects_of(audit, {"SIG-002", "MODULE-003"});
  status.unexplained = loaded_subjects_of(
      audit, {"FILE-001", "FILE-002", "FILE-003", "LIVE-001", "SIG-003", "SIG-004"});
  status.undecided_cves = audit.undecided_cves;
  status.reach = reach_of(open);
  if (audit.facts->policy && audit.facts->policy->deny.everything_else)
    status.everything_else = usage_readiness(*audit.facts);
  status.next = next_steps(audit);
  status.unseen = audit.unseen;
  status.unseen.insert(status.unseen.end(), open.unseen.begin(), open.unseen.end());
  status.waived_gaps = audit.waived_gaps;
  waive_gaps(*audit.facts, status.unseen, status.waived_gaps);
  name_each_once(status.unseen);
  return status;
}

void take_gaps(const HostStatus& status, AuditReport& audit) {
  audit.unseen = status.unseen;
  audit.waived_gaps = status.waived_gaps;
  audit.idle_waivers = idle_waivers(audit);
}

}  // namespace kmodsec
