// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>
#include <vector>

#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/load_model.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

/// The step of a module whose install line is not reached, if there is one.
const ProbeStep* voided_step(const std::vector<ProbeStep>& steps, const std::string& module) {
  const auto step = std::ranges::find(steps, module, &ProbeStep::module);
  const bool voided = step != steps.end() && step->action == ProbeStep::Action::insert &&
                      step->install != nullptr && step->softdep != nullptr;
  return voided ? &*step : nullptr;
}

std::vector<Finding> find_in(const LoadConfig& config, const ModuleTree& tree) {
  const LoadModel model(config, tree);
  std::vector<Finding> findings;
  for (const IndexEntry& entry : *index_in_use(tree)) {
    const ConfigLine* install = model.install_line(entry.name);
    if (install == nullptr || !is_install_deny(*install)) continue;
    const std::vector<ProbeStep> steps = model.steps({entry.name, {}, false, nullptr});
    const ProbeStep* step = voided_step(steps, entry.name);
    if (step == nullptr) continue;
    findings.push_back({entry.name,
                        "loads in spite of its install line: a softdep line takes precedence",
                        {evidence_of(*install), evidence_of(*step->softdep)}});
  }
  return findings;
}

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_trees(facts, is_install_deny,
                     [&](const ModuleTree& tree) { return find_in(*facts.load, tree); });
}

}  // namespace

extern const Check conf_001_deny_voided_by_softdep{
    .id = "CONF-001",
    .title = "No softdep undoes the deny of a module",
    .fault = "A softdep undoes the deny of a module",
    .severity = Severity::high,
    .needs = Needs::nothing,
    .method =
        "The configuration of modprobe and modules.softdep of each installed kernel, read as "
        "modprobe would. It fails for each install line that denies a module which a softdep line "
        "loads all the same.",
    .rationale =
        "Where a softdep line gives a module something to load before or after it, modprobe "
        "inserts the module and never looks at its install line. Modules come with such lines in "
        "modules.softdep, so a deny that looks right may deny nothing.",
    .remedy =
        "Write the line \"softdep MODULE pre:\", with nothing behind it, into a file of "
        "/etc/modprobe.d that sorts before modules.softdep (10-deny.conf does): the first "
        "softdep line for a module counts. Then rebuild the initramfs.",
    .command = "kmodsec deny {}",
    .references = {"man:modprobe.d(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
