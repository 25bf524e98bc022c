// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/load_paths.hpp"
#include "analyze/policy/active_denies.hpp"
#include "analyze/policy/autoload_denies.hpp"
#include "analyze/policy/everything_else.hpp"
#include "analyze/policy/judge_denies.hpp"
#include "model/check.hpp"

namespace kmodsec {
namespace {

std::string message_of(const ModuleLoadPaths& module) {
  if (module.presence == Presence::builtin)
    return "built into the kernel: only another kernel, or initcall_blacklist= with the name of "
           "its function, keeps it out";
  return fmt::format("{} can bring it in: {}",
                     module.position == AttackerPosition::root ? "root" : "others than root",
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
    Evidence evidence{fmt::format("load path {}", to_string(verdict.load_path)),
                      {},
                      verdict.note.empty() ? "no line keeps it out" : verdict.note};
    if (verdict.decided_by)
      evidence = {verdict.decided_by->file, verdict.decided_by->line, verdict.decided_by->text};
    finding.evidence.push_back(std::move(evidence));
  }
  return finding;
}

/// What hides a line, an image, or a use of the host for which a module is kept.
std::vector<Unseen> gaps_in(const Facts& facts, const AutoloadDenies& autoload) {
  std::vector<Unseen> unseen = unseen_of_denies(facts);
  std::ranges::copy(autoload.unseen, std::back_inserter(unseen));
  return unseen;
}

void judge_tree(const ModuleTree& tree, const Facts& facts, const std::vector<PolicyDeny>& denies,
                const DenyOfHost& autoload, std::vector<Finding>& findings,
                std::vector<Unseen>& unseen) {
  if (!is_indexed(tree)) return;
  const LoadPaths load_paths(facts, tree);
  for (const PolicyDeny& deny : denies) {
    const ModuleLoadPaths module = load_paths.of(deny.module);
    if (module.unknown)
      unseen.push_back(undecided(module));
    else if (!module.denied)
      findings.push_back(finding_of(deny, module));
  }
  if (auto finding = open_of_host(autoload, tree, load_paths, unseen))
    findings.push_back(std::move(*finding));
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  if (!facts.policy) return unknown(facts.policy.error());
  const std::vector<PolicyDeny> denies = active_denies(*facts.policy, facts.time);
  const bool by_users = facts.policy->deny.autoload_by_users;
  if (denies.empty() && !by_users) return not_applicable("the policy denies no module");
  if (!facts.load) return unknown(facts.load.error());
  if (const auto reason = why_no_modules(facts)) return not_applicable(*reason);
  AutoloadDenies autoload = autoload_denies(facts);
  if (by_users && denies_everything_else(*facts.policy)) {
    const EverythingElse all_else = everything_else(facts, derived);
    leave_kept(all_else.set, autoload.denies);
    std::ranges::copy(all_else.unseen, std::back_inserter(autoload.unseen));
  }
  std::vector<Finding> findings;
  std::vector<Unseen> unseen = gaps_in(facts, autoload);
  if (!unseen.empty()) leave_sure_denies(facts, autoload.denies);
  const DenyOfHost by_list{"deny.autoload_by_users", "users can have loaded", autoload.denies};
  for (const ModuleTree& tree : facts.trees)
    judge_tree(tree, facts, denies, by_list, findings, unseen);
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
    .method =
        "The load paths of each module that the policy denies, for each installed kernel and each "
        "initramfs. It fails for each module that a path other than insmod loads.",
    .rationale =
        "A deny is worth what it closes. A module counts as closed when no request by name or "
        "alias, no dependency or softdep of another module, nothing at boot and no initramfs "
        "brings it in. A module that the kernel does not have is closed; one that is built in "
        "cannot be. Where the policy says autoload_by_users, a kernel that is installed later "
        "brings modules that no line names until the next apply.",
    .remedy =
        "kmodsec doors MODULE shows which load path is open and which line decides. An install "
        "line with /bin/false and a blacklist line close a module that has no softdep; with one, "
        "an empty softdep line in a file that sorts before modules.softdep comes first. Then "
        "rebuild the initramfs of each kernel.",
    .command = "kmodsec apply",
    .references = {"man:modprobe.d(5)", "man:kmodsec(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
