// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/cves_report.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "analyze/cves/mitigations.hpp"
#include "analyze/cves/module_cves.hpp"
#include "analyze/derive.hpp"
#include "analyze/kernel/unseen_kernels.hpp"
#include "analyze/loading/triggers.hpp"
#include "analyze/loading/unseen_images.hpp"
#include "analyze/modules/module_use.hpp"
#include "analyze/modules/unknown_answers.hpp"
#include "model/check.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

/// A kernel that loads none has what is built in, and nothing is loaded there.
bool asks_for_builtin(const CvesQuestion& question) {
  return question.shown != CvesShown::loaded || !question.modules.empty();
}

/// Without one of these a module may be missed, or closed, or open, that seems otherwise.
void note_gaps(const Facts& facts, const ModuleTree& tree, const CvesQuestion& question,
               std::vector<Unseen>& unseen) {
  if (lacks_module_support(facts, tree)) {
    if (asks_for_builtin(question)) note_unseen(tree.builtin, unseen);
    return;
  }
  note_unseen(index_in_use(tree), unseen);
  note_unseen(aliases_in_use(tree), unseen);
  note_unseen(tree.builtin, unseen);
  std::ranges::move(unseen_images(tree), std::back_inserter(unseen));
  const bool no_changelog = !tree.changelog && tree.changelog.error().kind != ErrorKind::not_found;
  if (no_changelog) note_unseen(tree.changelog, unseen);
  if (facts.kernel.release != tree.release) return;
  note_unseen_loaded(facts, unseen);
  std::ranges::move(unseen_triggers(facts), std::back_inserter(unseen));
}

/// By others than root; what is loaded already can be used through whatever its aliases open.
bool is_reachable(const ModuleCves& module, const CveAnswer& answer) {
  return is_open(answer.verdict.status) && answer.position < AttackerPosition::root &&
         (is_in_kernel(module) || !module.denied);
}

bool is_shown(CvesShown shown, const ModuleCves& module, const CveAnswer& answer) {
  switch (shown) {
    case CvesShown::notable: return is_notable(answer) && is_reachable(module, answer);
    case CvesShown::loaded: return is_open(answer.verdict.status) && module.loaded.value_or(false);
    case CvesShown::reachable: return is_reachable(module, answer);
    case CvesShown::all: break;
  }
  return is_open(answer.verdict.status);
}

void count(const ModuleCves& module, CveCounts& counts) {
  counts.affected += module.counts.affected;
  counts.under_investigation += module.counts.under_investigation;
  counts.notable += module.counts.exploited;
  if (module.counts.open() > 0) ++counts.modules;
}

bool has_notable(const ModuleCves& module) { return std::ranges::any_of(module.cves, is_notable); }

/// What is shown and nobody can tell: a verdict, or whether a module gets in.
void note_untold(const CvesOfKernel& cves, const std::vector<ModuleCves>& modules,
                 std::vector<Unseen>& unseen) {
  UnknownAnswers unknown;
  for (const ModuleCves& module : modules) {
    if (counts_of(module.cves).under_investigation > 0)
      unknown.add("vulnerabilities", module.name, cves.why_untold());
    if (module.unknown && module.counts.open() > 0)
      unknown.add("load paths", module.name, why_unknown(module.presence));
  }
  unknown.note(unseen);
}

KernelWithCves describe(const Facts& facts, const CvesOfKernel& cves, const ModuleTree& tree) {
  const KernelOrigin& origin = cves.origin();
  KernelWithCves kernel{.release = tree.release,
                        .vendor = origin.vendor,
                        .source = origin.source,
                        .why_not = origin.why_not,
                        .newer_than_data = cves.is_newer_than_data()};
  if (origin.upstream)
    kernel.version =
        fmt::format("{}.{}", origin.upstream->branch(), origin.upstream->patch.value_or(0));
  if (tree.changelog) kernel.changelog = tree.changelog->path;
  if (lacks_module_support(facts, tree)) {
    kernel.has_modules = tree.builtin.has_value();
    kernel.why_not = fmt::format("{}: only what is built in counts{}{}", no_module_support,
                                 kernel.why_not.empty() ? "" : "; ", kernel.why_not);
  }
  return kernel;
}

/// Who can get at a module is not known where its aliases were not seen.
void note_position(const ModuleCves& module, const ModuleTree& tree, UnknownAnswers& unknown,
                   std::vector<Unseen>& unseen) {
  if (module.counts.open() == 0) return;
  if (module.presence == Presence::builtin)
    std::ranges::copy(tree.unseen_builtin, std::back_inserter(unseen));
  else if (module.position == AttackerPosition::unknown)
    unknown.add("attacker position", module.name, module.trigger);
}

/// Who uses each module, by the names of what is loaded and of their files.
class UsesOfKernel {
 public:
  UsesOfKernel(const Facts& facts, const Derived& derived, const ModuleTree& tree)
      : not_loaded_(use_of_other(facts, tree)) {
    if (&tree != derived.running_tree) return;
    for (const LoadedWithFile& module : derived.modules) {
      uses_.try_emplace(module.loaded->name, &module.use);
      if (module.file != nullptr) uses_.try_emplace(module.file->name, &module.use);
    }
  }

  const ModuleUse& of(std::string_view module) const {
    const auto found = uses_.find(module);
    return found == uses_.end() ? not_loaded_ : *found->second;
  }

 private:
  ModuleUse not_loaded_;
  std::unordered_map<std::string_view, const ModuleUse*> uses_;
};

std::vector<ModuleCves> shown_modules(const CvesOfKernel& cves, const ModuleTree& tree,
                                      const CvesQuestion& question, CvesReport& report) {
  const bool are_named = !question.modules.empty();
  std::vector<ModuleCves> modules;
  for (const std::string& module : question.modules) modules.push_back(cves.of(module));
  if (!are_named) modules = cves.all();
  UnknownAnswers unknown;
  for (ModuleCves& module : modules) {
    count(module, report.counts);
    note_position(module, tree, unknown, report.unseen);
    if (are_named) continue;
    std::erase_if(module.cves, [&](const CveAnswer& answer) {
      return !is_shown(question.shown, module, answer);
    });
  }
  unknown.note(report.unseen);
  if (are_named) return modules;
  std::erase_if(modules, [](const ModuleCves& module) { return module.cves.empty(); });
  std::ranges::sort(modules, is_worse);
  return modules;
}

void add_mitigations(const Facts& facts, const Derived& derived, const ModuleTree& tree,
                     const CvesOfKernel& cves, std::vector<ModuleCves>& modules) {
  std::vector<std::string> names;
  for (const ModuleCves& module : modules) names.push_back(module.name);
  const UsesOfKernel uses(facts, derived, tree);
  const MitigationFinder adviser(facts, tree, cves.origin(), names);
  for (ModuleCves& module : modules) {
    module.use = uses.of(module.name);
    module.mitigations = adviser.mitigations_of(module);
  }
}

}  // namespace

CvesReport answer_cves(const Facts& facts, const CvesQuestion& question) {
  CvesReport report{.facts = &facts, .known = &*facts.known_cves, .now = facts.time};
  const Derived derived = derive(facts);
  report.unseen = facts.known_cves->unseen;
  note_unseen(facts.load, report.unseen);
  note_unseen_kernels(facts, report.unseen);
  for (const ModuleTree& tree : facts.trees) {
    note_gaps(facts, tree, question, report.unseen);
    const CvesOfKernel cves(facts, tree);
    report.kernels.push_back(describe(facts, cves, tree));
    std::vector<ModuleCves> modules = shown_modules(cves, tree, question, report);
    note_untold(cves, modules, report.unseen);
    add_mitigations(facts, derived, tree, cves, modules);
    std::ranges::move(modules, std::back_inserter(report.modules));
  }
  for (const ModuleCves& module : report.modules)
    if (is_deniable(module) && has_notable(module)) report.deniable.push_back(module.name);
  sort_unique(report.unseen);
  std::ranges::sort(report.deniable);
  report.deniable.erase(std::ranges::unique(report.deniable).begin(), report.deniable.end());
  return report;
}

}  // namespace kmodsec
