// SPDX-License-Identifier: GPL-2.0-or-later
// What a plan cannot close, cannot do, or cannot make sense of.
#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "analyze/auditd/audit_coverage.hpp"
#include "analyze/loading/load_paths.hpp"
#include "base/text.hpp"
#include "model/auditd/audit_rule_text.hpp"
#include "model/modules/index_in_use.hpp"
#include "plan/plan.hpp"

namespace kmodsec {
namespace {

std::string why_open(const ModuleLoadPaths& module) {
  if (module.presence == Presence::builtin)
    return "built into the kernel: only another kernel, or initcall_blacklist=, keeps it out";
  for (const LoadPathVerdict& verdict : module.load_paths) {
    const LoadPathOutcome wanted = module.unknown ? LoadPathOutcome::runs : LoadPathOutcome::loads;
    if (verdict.load_path == LoadPath::insmod || verdict.outcome != wanted) continue;
    if (!verdict.decided_by)
      return fmt::format("{}: {}", to_string(verdict.load_path),
                         verdict.note.empty() ? "nothing denies it" : verdict.note);
    return fmt::format("{}: {}:{} {}", to_string(verdict.load_path), verdict.decided_by->file,
                       verdict.decided_by->line, verdict.decided_by->text);
  }
  return module.trigger;
}

std::set<std::string> names_in(const ModuleTree& tree) {
  std::set<std::string> names;
  if (index_in_use(tree)) {
    for (const IndexEntry& entry : *index_in_use(tree)) names.insert(entry.name);
  }
  if (tree.builtin) {
    for (const BuiltinModule& builtin : *tree.builtin) names.insert(builtin.name);
  }
  return names;
}

std::vector<std::string> named_in(const Policy& policy) {
  std::vector<std::string> names = policy.deny.modules;
  names.insert(names.end(), policy.deny.except.begin(), policy.deny.except.end());
  names.insert(names.end(), policy.load.begin(), policy.load.end());
  names.insert(names.end(), policy.freeze.require.begin(), policy.freeze.require.end());
  for (const PolicyOptions& one : policy.options) names.push_back(one.module);
  for (const PolicyException& one : policy.exceptions) names.push_back(one.module);
  return names;
}

}  // namespace

std::vector<OpenDeny> open_denies(const Facts& facts, const std::vector<PolicyDeny>& denies) {
  std::vector<OpenDeny> open;
  for (const ModuleTree& tree : facts.trees) {
    if (!index_in_use(tree)) continue;
    const LoadPaths load_paths(facts, tree);
    for (const PolicyDeny& deny : denies) {
      const ModuleLoadPaths module = load_paths.of(deny.module);
      if (!module.denied) open.push_back({deny.module, tree.release, why_open(module)});
    }
  }
  return open;
}

Result<void> names_are_known(const Facts& facts, const std::vector<std::string>& in_profiles) {
  std::set<std::string> known(in_profiles.begin(), in_profiles.end());
  for (const ModuleTree& tree : facts.trees) {
    if (!index_in_use(tree) || !tree.builtin) return {};
    known.merge(names_in(tree));
  }
  if (facts.trees.empty()) return {};
  for (const std::string& name : named_in(*facts.policy)) {
    if (known.contains(name)) continue;
    const auto hint = nearest(name, {known.begin(), known.end()});
    return failure(ErrorKind::usage, name,
                   "the policy names it, and no installed kernel has such a module" +
                       (hint ? "; did you mean " + *hint + "?" : std::string{}));
  }
  return {};
}

std::vector<std::string> notes_on(const PlanInput& input) {
  const Facts& facts = *input.facts;
  const Policy& policy = *facts.policy;
  std::vector<std::string> notes;
  if (policy.audit_rules && !facts.tools.auditd)
    notes.emplace_back("auditd is not installed: the audit rules are not written");
  if (policy.audit_rules && facts.auditd) {
    for (const AuditRule* rule : rules_not_in_force(*facts.auditd, audit_rules_path))
      notes.push_back(
          "the kernel does not have this audit rule: " + to_string(*rule) +
          (takes_no_rules(*facts.auditd) ? ", and takes none until the next boot (-e 2)" : ""));
  }
  if (policy.audit_rules && facts.auditd && facts.auditd->written &&
      facts.auditd->written->loader == AuditRuleLoader::auditctl)
    notes.push_back(facts.auditd->written->loaded_by + " loads " + facts.auditd->written->from +
                    " alone at boot: the audit rules of rules.d are not in force then");
  if (needs_units(input) && !facts.tools.systemd)
    notes.emplace_back(
        "systemd is not installed: nothing freezes this host at boot, and an exception ends with "
        "the first audit or apply after its time");
  for (const auto& [is_there, tool] :
       {std::pair{facts.tools.dracut, "dracut"}, std::pair{facts.tools.mkinitcpio, "mkinitcpio"}}) {
    if (policy.deny.initramfs == DenyInInitramfs::exclude && is_there)
      notes.push_back(std::string(tool) +
                      " takes the denies into an image: it cannot leave them out");
  }
  for (const LoadedModule& module : facts.loaded.value_or(std::vector<LoadedModule>{})) {
    if (std::ranges::find(input.denies, module.name, &PolicyDeny::module) != input.denies.end())
      notes.push_back(module.name +
                      " is loaded and stays so until it is unloaded or the next boot");
  }
  return notes;
}

}  // namespace kmodsec
