// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/load_paths.hpp"
#include "analyze/loading/unseen_images.hpp"
#include "analyze/policy/active_denies.hpp"
#include "model/check.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

std::string message_of(const ModuleLoadPaths& module) {
  if (module.presence == Presence::builtin)
    return "built into the kernel: only another kernel, or initcall_blacklist= with the name of "
           "its function, keeps it out";
  return fmt::format("{} can bring it in: {}",
                     module.position == AttackerPosition::root ? "root" : "more than root",
                     module.trigger);
}

Finding finding_of(const PolicyDeny& deny, const ModuleLoadPaths& module) {
  const std::string why = deny.profile.empty() ? "the policy" : "profile " + deny.profile;
  Finding finding{deny.module,
                  fmt::format("{}: denied by {}, but {}", module.kernel, why, message_of(module)),
                  {}};
  for (const LoadPathVerdict& verdict : module.load_paths) {
    if (verdict.outcome != LoadPathOutcome::loads || verdict.load_path == LoadPath::insmod)
      continue;
    Evidence evidence{fmt::format("load path {}", to_string(verdict.load_path)), {}, verdict.note};
    if (verdict.decided_by)
      evidence = {verdict.decided_by->file, verdict.decided_by->line, verdict.decided_by->text};
    finding.evidence.push_back(std::move(evidence));
  }
  return finding;
}

/// What a program does that runs in place of the module is not known.
Unseen program_of(const ModuleLoadPaths& module) {
  const auto runs =
      std::ranges::find(module.load_paths, LoadPathOutcome::runs, &LoadPathVerdict::outcome);
  return {module.name, runs == module.load_paths.end() ? "a program decides" : runs->note};
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.policy) return unknown(facts.policy.error());
  const std::vector<PolicyDeny> denies = active_denies(*facts.policy, facts.time);
  if (denies.empty()) return not_applicable("the policy denies no module");
  if (!facts.load) return unknown(facts.load.error());
  if (const auto reason = why_no_modules(facts)) return not_applicable(*reason);
  std::vector<Finding> findings;
  std::vector<Unseen> unseen = unseen_load_paths(facts);
  for (const ModuleTree& tree : facts.trees) {
    if (!index_in_use(tree) || !aliases_in_use(tree)) continue;
    std::ranges::copy(unseen_images(tree), std::back_inserter(unseen));
    const LoadPaths load_paths(facts, tree);
    for (const PolicyDeny& deny : denies) {
      const ModuleLoadPaths module = load_paths.of(deny.module);
      if (module.unknown)
        unseen.push_back(program_of(module));
      else if (!module.denied)
        findings.push_back(finding_of(deny, module));
    }
  }
  sort_by_subject(findings);
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace

extern const Check policy_003_denies{
    .id = "POLICY-003",
    .title = "Every module that the policy denies is closed",
    .fault = "A module that the policy denies can still be loaded",
    .severity = Severity::high,
    .needs = Needs::nothing,
    .rationale =
        "A deny is worth what it closes. A module counts as closed when no request by name or "
        "alias, no dependency or softdep of another module, nothing at boot and no initramfs "
        "brings it in. A module that the kernel does not have is closed; one that is built in "
        "cannot be.",
    .remedy =
        "kmodsec doors MODULE tells which load path is open and which line decides. An install "
        "line "
        "with /bin/false and a blacklist line close a module that has no softdep; with one, an "
        "empty softdep line in a file that sorts before modules.softdep comes first. Then rebuild "
        "the initramfs of each kernel.",
    .command = "kmodsec apply",
    .references = {"man:modprobe.d(5)", "man:kmodsec(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
