// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/judge_cves.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "analyze/judge.hpp"
#include "analyze/kernel/unseen_kernels.hpp"
#include "analyze/modules/unknown_answers.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

Evidence evidence_of(const CveAnswer& answer) {
  return {cve_id(*answer.cve),
          {},
          fmt::format("{}; {}", words_of(answer.cve->exploit), answer.verdict.words)};
}

/// Of several kernels each finding names its own.
std::optional<Finding> finding_of(const ModuleCves& module, const std::string& message,
                                  const Facts& facts) {
  Finding finding{
      module.name, facts.live ? message : fmt::format("{} ({})", message, module.kernel), {}};
  for (const CveAnswer& answer : module.cves) {
    if (answer.verdict.status == VexStatus::affected && answer.position < AttackerPosition::root)
      finding.evidence.push_back(evidence_of(answer));
  }
  if (finding.evidence.empty()) return std::nullopt;
  return finding;
}

bool cannot_be_told(const ModuleCves& module) {
  return std::ranges::any_of(module.cves, [](const CveAnswer& answer) {
    return answer.verdict.status == VexStatus::under_investigation &&
           answer.position < AttackerPosition::root;
  });
}

/// With vulnerabilities that users may or may not reach: its aliases would tell.
bool may_be_reached(const ModuleCves& module) {
  return std::ranges::any_of(module.cves, [](const CveAnswer& answer) {
    return is_open(answer.verdict.status) && answer.position == AttackerPosition::unknown;
  });
}

void judge_kernel(const NotableCves& kernel, const Facts& facts, const FindModule& find,
                  const std::string& message, Verdict& verdict) {
  UnknownAnswers unknown;
  bool hides_who = false;
  for (const ModuleCves& module : kernel.modules) {
    if (!find(module)) continue;
    if (may_be_reached(module) && module.presence == Presence::builtin)
      hides_who = true;
    else if (may_be_reached(module))
      unknown.add("attacker position", module.name, module.trigger);
    if (auto finding = finding_of(module, message, facts))
      verdict.findings.push_back(std::move(*finding));
    else if (cannot_be_told(module))
      unknown.add("vulnerabilities", module.name, kernel.why_untold);
  }
  unknown.note(verdict.unseen);
  note_unseen(index_in_use(*kernel.tree), verdict.unseen);
  note_unseen(aliases_in_use(*kernel.tree), verdict.unseen);
  note_unseen(kernel.tree->builtin, verdict.unseen);
  if (hides_who) std::ranges::copy(kernel.tree->unseen_builtin, std::back_inserter(verdict.unseen));
}

/// What would have told which modules there are, or are loaded.
std::optional<Error> error_of(const Facts& facts, const Derived& derived) {
  if (!facts.known_cves) return facts.known_cves.error();
  if (!facts.live && facts.trees.empty() && !facts.installed) return facts.installed.error();
  if (facts.live && derived.running_tree == nullptr) return no_running_tree();
  if (facts.live && !facts.loaded) return facts.loaded.error();
  if (!derived.notable_cves)
    return Error{ErrorKind::not_found, "known vulnerabilities", "were not looked up"};
  return std::nullopt;
}

}  // namespace

std::optional<Verdict> why_no_cves(const Facts& facts) {
  if (facts.live) return why_no_module_support(facts);
  if (facts.installed && facts.trees.empty()) return not_applicable("no kernel is installed there");
  return std::nullopt;
}

Verdict judge_notable_cves(const Facts& facts, const Derived& derived, const FindModule& find,
                           const std::string& message) {
  if (auto verdict = why_no_cves(facts)) return std::move(*verdict);
  if (const auto error = error_of(facts, derived)) return unknown(*error);
  Verdict verdict;
  for (const NotableCves& kernel : *derived.notable_cves)
    judge_kernel(kernel, facts, find, message, verdict);
  if (facts.live)
    note_unseen_loaded(facts, verdict.unseen);
  else
    note_unseen_kernels(facts, verdict.unseen);
  return judge(std::move(verdict.findings), std::move(verdict.unseen));
}

}  // namespace kmodsec
