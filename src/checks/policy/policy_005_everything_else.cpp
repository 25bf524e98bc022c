// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/policy/everything_else.hpp"
#include "analyze/policy/judge_denies.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

Verdict evaluate(const Facts& facts, const Derived& derived) {
  if (!facts.policy) return unknown(facts.policy.error());
  if (!denies_everything_else(*facts.policy))
    return not_applicable("the policy does not deny everything else");
  if (!facts.load) return unknown(facts.load.error());
  if (const auto reason = why_no_modules(facts)) return not_applicable(*reason);
  EverythingElse all_else = everything_else(facts, derived);
  std::vector<Unseen> unseen = unseen_of_denies(facts);
  std::ranges::move(all_else.unseen, std::back_inserter(unseen));
  if (!unseen.empty()) leave_sure_denies(facts, all_else.denies);
  const DenyOfHost deny{"deny.everything_else", "the host does not keep", all_else.denies};
  std::vector<Finding> findings;
  for (const ModuleTree& tree : facts.trees) {
    if (!is_indexed(tree)) continue;
    const LoadPaths load_paths(facts, tree);
    if (auto finding = open_of_host(deny, tree, load_paths, unseen))
      findings.push_back(std::move(*finding));
  }
  sort_by_subject(findings);
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace

extern const Check policy_005_everything_else{
    .id = "POLICY-005",
    .title = "Every module that the host does not keep is closed",
    .fault = "A module that the host does not keep can still be loaded",
    .severity = Severity::high,
    .needs = Needs::nothing,
    .method =
        "Where the policy denies everything else, the load paths of each module that is not kept, "
        "for each installed kernel and each initramfs. It fails for each kernel of which a path "
        "other than insmod loads one.",
    .rationale =
        "A kernel brings thousands of modules, and a host uses a hundred of them. A kernel that is "
        "installed later brings modules that no deny names yet: its package's hook denies them "
        "before its first boot, and this check tells where that did not happen.",
    .remedy =
        "kmodsec plan shows what is denied, and what speaks against it. kmodsec show MODULE tells "
        "why a module is kept, or is not.",
    .command = "kmodsec apply",
    .references = {"man:modprobe.d(5)", "man:kmodsec(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
