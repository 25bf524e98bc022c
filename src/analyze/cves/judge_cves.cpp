// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/judge_cves.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "analyze/judge.hpp"

namespace kmodsec {
namespace {

Evidence evidence_of(const CveAnswer& answer) {
  return {cve_id(*answer.cve),
          {},
          fmt::format("{}; {}", words_of(answer.cve->exploit), answer.verdict.words)};
}

std::optional<Finding> finding_of(const ModuleCves& module, const std::string& message) {
  Finding finding{module.name, message, {}};
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

/// Built in, with holes that users may or may not reach: its aliases would tell.
bool may_be_reached(const ModuleCves& module, const ModuleTree& tree) {
  return module.presence == Presence::builtin && !tree.unseen_builtin.empty() &&
         std::ranges::any_of(module.cves, [](const CveAnswer& answer) {
           return is_open(answer.verdict.status) && answer.position >= AttackerPosition::root;
         });
}

}  // namespace

Verdict judge_notable_cves(const Facts& facts, const Derived& derived, const FindModule& find,
                           const std::string& message) {
  if (!facts.known_cves) return unknown(facts.known_cves.error());
  const ModuleTree* tree = derived.running_tree;
  if (tree == nullptr) return unknown(no_running_tree());
  if (!tree->index) return unknown(tree->index.error());
  if (!facts.loaded) return unknown(facts.loaded.error());
  if (!derived.notable_cves)
    return unknown(Error{ErrorKind::not_found, "known vulnerabilities", "were not looked up"});
  std::vector<Finding> findings;
  std::size_t untold = 0;
  bool hides_who = false;
  for (const ModuleCves& module : *derived.notable_cves) {
    if (!find(module)) continue;
    hides_who = hides_who || may_be_reached(module, *tree);
    auto finding = finding_of(module, message);
    if (finding)
      findings.push_back(std::move(*finding));
    else if (cannot_be_told(module))
      ++untold;
  }
  std::vector<Unseen> unseen = hides_who ? tree->unseen_builtin : std::vector<Unseen>{};
  note_unseen_loaded(facts, unseen);
  if (untold > 0)
    unseen.push_back(
        {fmt::format("known vulnerabilities of {} module{}", untold, untold == 1 ? "" : "s"),
         derived.why_untold});
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace kmodsec
