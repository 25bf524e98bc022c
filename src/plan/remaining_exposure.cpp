// SPDX-License-Identifier: GPL-2.0-or-later
// What a plan cannot close, and cannot do.
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "analyze/auditd/audit_coverage.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/load_paths.hpp"
#include "analyze/policy/judge_denies.hpp"
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

/// What is built into one kernel, or in none of its lists, is a module of another: nobody has it
/// loaded.
bool is_no_request(const PolicyDeny& deny, const ModuleLoadPaths& module) {
  return (deny.not_kept || !deny.asked_by.empty()) && module.presence != Presence::loadable;
}

void note_loaded(const PlanInput& input, std::vector<std::string>& notes) {
  if (!input.facts->loaded) return;
  std::set<std::string_view> denied;
  for (const PolicyDeny& deny : input.denies) denied.insert(deny.module);
  for (const LoadedModule& module : *input.facts->loaded) {
    if (denied.contains(module.name))
      notes.push_back(module.name +
                      " is loaded and stays so until it is unloaded or the next boot");
  }
}

/// What the policy still says and what does not count any more, and what nothing ends.
void note_exceptions(const PlanInput& input, std::vector<std::string>& notes) {
  for (const PolicyException& exception : input.facts->policy->exceptions) {
    if (exception.until <= input.facts->time)
      notes.push_back(fmt::format(
          "the exception of {0} has expired, and the policy still has it: 'kmodsec deny {0}' takes "
          "it out",
          exception.module));
  }
  if (!input.exceptions.empty() && input.facts->tools.systemd && !input.program_is_there)
    notes.push_back(fmt::format(
        "the unit that is to end the exceptions runs {}, and that is not on this system: they end "
        "with the first apply after their time",
        input.program.path()));
}

}  // namespace

OpenDenies open_denies(const Facts& facts, const std::vector<PolicyDeny>& denies) {
  OpenDenies found;
  if (denies.empty() && !facts.policy->deny.autoload_by_users) return found;
  found.unseen = unseen_of_denies(facts);
  for (const ModuleTree& tree : facts.trees) {
    if (!index_in_use(tree)) continue;
    const LoadPaths load_paths(facts, tree);
    for (const PolicyDeny& deny : denies) {
      const ModuleLoadPaths module = load_paths.of(deny.module);
      if (is_no_request(deny, module)) continue;
      if (module.unknown && is_indexed(tree)) found.unseen.push_back(undecided(module));
      if (!module.denied)
        found.open.push_back(
            {deny.module, tree.release, why_open(module), module.presence == Presence::builtin});
    }
  }
  return found;
}

std::vector<std::string> notes_on(const PlanInput& input) {
  const Facts& facts = *input.facts;
  const Policy& policy = *facts.policy;
  std::vector<std::string> notes;
  if (lacks_module_support(facts))
    notes.push_back(fmt::format("{}: a deny changes nothing here, and holds for other kernels",
                                no_module_support));
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
  note_loaded(input, notes);
  if (input.staying > 0)
    notes.push_back(
        fmt::format("{} stay{} denied although this host has got a reason to keep {}, as nobody "
                    "looks at this run: 'kmodsec plan' shows them, and 'kmodsec apply' opens them",
                    count_of(input.staying, "module"), input.staying == 1 ? "s" : "",
                    input.staying == 1 ? "it" : "them"));
  note_exceptions(input, notes);
  return notes;
}

}  // namespace kmodsec
