// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/module_details.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "analyze/cves/module_cves.hpp"
#include "analyze/exposure_report.hpp"
#include "analyze/host/own_denies.hpp"
#include "analyze/modules/unknown_answers.hpp"
#include "analyze/policy/active_denies.hpp"
#include "analyze/policy/everything_else.hpp"

namespace kmodsec {
namespace {

void add_load_paths(const Facts& facts, std::vector<ModuleDetails>& modules) {
  DoorsQuestion question{.vulnerabilities = false};
  for (const ModuleDetails& module : modules) question.modules.push_back(module.name);
  const ExposureReport answer = answer_doors(facts, question);
  for (ModuleDetails& module : modules) {
    const auto found = std::ranges::find_if(answer.modules, [&](const ModuleLoadPaths& one) {
      return one.name == module.name && one.kernel == module.kernel;
    });
    if (found == answer.modules.end()) continue;
    module.load_paths = *found;
    module.are_load_paths_seen = answer.unseen.empty();
  }
}

void add_cves(const Facts& facts, const ModuleTree& tree, std::vector<ModuleDetails>& modules) {
  const CvesOfKernel cves(facts, tree);
  for (ModuleDetails& module : modules) {
    if (module.kernel != tree.release) continue;
    module.cves = cves.verdicts(module.name);
    module.why_untold = cves.why_untold();
  }
}

/// What is open is so whatever was not seen; a closed one may have a load path that was not.
std::string why_unsure(const ModuleDetails& module) {
  const LoadState state = load_state_of(*module.load_paths);
  if (state == LoadState::unknown) return std::string(why_unknown(module.load_paths->presence));
  const bool is_out = state == LoadState::closed || state == LoadState::absent;
  return is_out && !module.are_load_paths_seen
             ? "not all that decides was seen: 'kmodsec doors' tells what"
             : "";
}

void add_unknown(const ModuleDetails& module, UnknownAnswers& unknown) {
  if (module.file_state.status != FilePresence::built_in &&
      module.signature.status == SignatureStatus::unknown)
    unknown.add("signature", module.name, module.signature.reason);
  if (module.loaded != nullptr && !module.use.unused)
    unknown.add("use", module.name, module.use.why_unknown);
  if (module.identity && module.file != nullptr &&
      module.identity->status == IdentityStatus::cannot_tell)
    unknown.add("identity", module.name, module.identity->reason);
  const std::string unsure = module.load_paths ? why_unsure(module) : "";
  if (!unsure.empty()) unknown.add("load paths", module.name, unsure);
  if (module.cves && counts_of(*module.cves).under_investigation > 0)
    unknown.add("vulnerabilities", module.name, module.why_untold);
}

/// Nothing for what no kernel has, or has built in.
std::optional<KeepAnswer> keep_answer(const KeepSet& set, const Policy& policy,
                                      const std::string& module) {
  const KeepMode mode = policy.keep.mode;
  const auto kept = std::ranges::find(set.kept, module, &KeptForUse::module);
  if (kept != set.kept.end()) return KeepAnswer{mode, *kept, {}};
  const auto closed = std::ranges::find(set.closed, module, &ClosedModule::module);
  if (closed != set.closed.end()) return KeepAnswer{mode, std::nullopt, closed->reach};
  return std::nullopt;
}

}  // namespace

void add_keep_answers(const Facts& facts, std::vector<ModuleDetails>& modules,
                      std::vector<Unseen>& unseen) {
  if (!facts.policy || !facts.policy->deny.everything_else) return;
  const EverythingElse all_else = everything_else(facts);
  const std::set<std::string> denied = denied_now(facts);
  for (ModuleDetails& module : modules) {
    module.keep = keep_answer(all_else.set, *facts.policy, module.name);
    if (!module.keep) continue;
    module.keep->denied = denied.contains(module.name);
    module.keep->opened_by = why_excepted(*facts.policy, module.name, facts.time);
  }
  unseen.insert(unseen.end(), all_else.unseen.begin(), all_else.unseen.end());
}

void add_kernel_answers(const Facts& facts, std::vector<ModuleDetails>& modules) {
  add_load_paths(facts, modules);
  for (const ModuleTree& tree : facts.trees) {
    const bool is_asked =
        std::ranges::find(modules, tree.release, &ModuleDetails::kernel) != modules.end();
    if (facts.known_cves && is_asked) add_cves(facts, tree, modules);
  }
}

std::vector<Unseen> unknown_answers(const std::vector<ModuleDetails>& modules) {
  UnknownAnswers unknown;
  for (const ModuleDetails& module : modules) add_unknown(module, unknown);
  std::vector<Unseen> unseen;
  unknown.note(unseen);
  return unseen;
}

}  // namespace kmodsec
