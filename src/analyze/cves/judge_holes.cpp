// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/judge_holes.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "analyze/judge.hpp"

namespace kmodsec {
namespace {

Evidence evidence_of(const HoleAnswer& answer) {
  return {cve_id(*answer.hole),
          {},
          fmt::format("{}; {}", words_of(answer.hole->exploit), answer.verdict.words)};
}

std::optional<Finding> finding_of(const ModuleHoles& module, const std::string& message) {
  Finding finding{module.name, message, {}};
  for (const HoleAnswer& answer : module.holes) {
    if (answer.verdict.status == HoleStatus::affected && answer.reach < Reach::root)
      finding.evidence.push_back(evidence_of(answer));
  }
  if (finding.evidence.empty()) return std::nullopt;
  return finding;
}

bool cannot_be_told(const ModuleHoles& module) {
  return std::ranges::any_of(module.holes, [](const HoleAnswer& answer) {
    return answer.verdict.status == HoleStatus::cannot_tell && answer.reach < Reach::root;
  });
}

}  // namespace

Verdict judge_notable_holes(const Facts& facts, const Derived& derived, const FindModule& find,
                            const std::string& message) {
  if (!facts.known_holes) return unknown(facts.known_holes.error());
  const ModuleTree* tree = derived.running_tree;
  if (tree == nullptr) return unknown(no_running_tree());
  if (!tree->index) return unknown(tree->index.error());
  if (!facts.loaded) return unknown(facts.loaded.error());
  if (!derived.notable_holes)
    return unknown(Error{ErrorKind::not_found, "known holes", "were not looked up"});
  std::vector<Finding> findings;
  std::size_t untold = 0;
  for (const ModuleHoles& module : *derived.notable_holes) {
    if (!find(module)) continue;
    auto finding = finding_of(module, message);
    if (finding)
      findings.push_back(std::move(*finding));
    else if (cannot_be_told(module))
      ++untold;
  }
  std::vector<Unseen> unseen;
  if (untold > 0)
    unseen.push_back({fmt::format("known holes of {} module{}", untold, untold == 1 ? "" : "s"),
                      derived.why_untold});
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace kmodsec
