// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/cves/holes_report.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "analyze/loading/callers.hpp"
#include "analyze/derive.hpp"
#include "analyze/cves/hole_advice.hpp"
#include "analyze/cves/module_holes.hpp"
#include "analyze/kernel/unseen_kernels.hpp"
#include "model/check.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

/// Without one of these a module may be missed, or closed, or open, that seems otherwise.
void note_gaps(const Facts& facts, const ModuleTree& tree, std::vector<Unseen>& unseen) {
  note_unseen(index_in_use(tree), unseen);
  note_unseen(aliases_in_use(tree), unseen);
  note_unseen(tree.builtin, unseen);
  const bool no_changelog = !tree.changelog && tree.changelog.error().kind != ErrorKind::not_found;
  if (no_changelog) note_unseen(tree.changelog, unseen);
  if (facts.kernel.release != tree.release) return;
  note_unseen(facts.loaded, unseen);
  std::ranges::move(unseen_callers(facts), std::back_inserter(unseen));
}

/// By others than root; what is loaded already can be used through whatever its aliases open.
bool is_reachable(const ModuleHoles& module, const HoleAnswer& answer) {
  return is_open(answer.verdict.status) && answer.reach < Reach::root &&
         (is_in_kernel(module) || !module.denied);
}

bool is_shown(HolesShown shown, const ModuleHoles& module, const HoleAnswer& answer) {
  switch (shown) {
    case HolesShown::notable: return is_notable(answer) && is_reachable(module, answer);
    case HolesShown::loaded: return is_open(answer.verdict.status) && module.loaded.value_or(false);
    case HolesShown::reachable: return is_reachable(module, answer);
    case HolesShown::all: break;
  }
  return is_open(answer.verdict.status);
}

void count(const ModuleHoles& module, HoleCounts& counts) {
  bool has_open = false;
  for (const HoleAnswer& answer : module.holes) {
    if (!is_open(answer.verdict.status)) continue;
    has_open = true;
    ++(answer.verdict.status == HoleStatus::affected ? counts.affected : counts.cannot_tell);
    if (is_notable(answer)) ++counts.notable;
  }
  if (has_open) ++counts.modules;
}

bool has_notable(const ModuleHoles& module) {
  return std::ranges::any_of(module.holes, is_notable);
}

/// Holes with an exploit of which nothing here tells whether this kernel has them.
void note_untold(const HolesOfKernel& holes, const ModuleTree& tree,
                 const std::vector<ModuleHoles>& modules, std::vector<Unseen>& unseen) {
  const auto untold = std::ranges::count_if(modules, [](const ModuleHoles& module) {
    return std::ranges::any_of(module.holes, [](const HoleAnswer& answer) {
      return is_notable(answer) && answer.verdict.status == HoleStatus::cannot_tell;
    });
  });
  if (untold > 0)
    unseen.push_back({fmt::format("exploited holes of {} modules of {}", untold, tree.release),
                      holes.why_untold()});
}

KernelWithHoles describe(const HolesOfKernel& holes, const ModuleTree& tree) {
  const KernelOrigin& origin = holes.origin();
  KernelWithHoles kernel{.release = tree.release,
                         .vendor = origin.vendor,
                         .source = origin.source,
                         .why_not = origin.why_not,
                         .newer_than_data = holes.is_newer_than_data()};
  if (origin.upstream)
    kernel.version =
        fmt::format("{}.{}", origin.upstream->branch(), origin.upstream->patch.value_or(0));
  if (tree.changelog) kernel.changelog = tree.changelog->path;
  return kernel;
}

bool has_no_modules(const Facts& facts, const ModuleTree& tree) {
  return facts.kernel.release == tree.release && !facts.kernel.modules_supported.value_or(true);
}

KernelWithHoles without_modules(const ModuleTree& tree) {
  return {.release = tree.release,
          .vendor = {},
          .version = {},
          .source = {},
          .why_not = "built without loadable modules, and these tables are about modules",
          .has_modules = false,
          .newer_than_data = false,
          .changelog = {}};
}

std::vector<ModuleHoles> shown_modules(const HolesOfKernel& holes, const HolesQuestion& question,
                                       HoleCounts& counts) {
  std::vector<ModuleHoles> shown;
  if (!question.modules.empty()) {
    for (const std::string& module : question.modules) shown.push_back(holes.of(module));
    for (const ModuleHoles& module : shown) count(module, counts);
    return shown;
  }
  for (ModuleHoles& module : holes.all()) {
    count(module, counts);
    std::erase_if(module.holes, [&](const HoleAnswer& answer) {
      return !is_shown(question.shown, module, answer);
    });
    if (!module.holes.empty()) shown.push_back(std::move(module));
  }
  std::ranges::sort(shown, is_worse);
  return shown;
}

void advise(const Facts& facts, const Derived& derived, const ModuleTree& tree,
            const HolesOfKernel& holes, std::vector<ModuleHoles>& modules) {
  std::vector<std::string> names;
  for (const ModuleHoles& module : modules) names.push_back(module.name);
  const HoleAdviser adviser(facts, derived, tree, holes.origin(), names);
  for (ModuleHoles& module : modules) module.advice = adviser.advise(module);
}

}  // namespace

HolesReport answer_holes(const Facts& facts, const HolesQuestion& question) {
  HolesReport report{.kernel = &facts.kernel, .known = &*facts.known_holes, .now = facts.time};
  const Derived derived = derive(facts);
  report.unseen = facts.known_holes->unseen;
  note_unseen(facts.load, report.unseen);
  note_unseen_kernels(facts, report.unseen);
  for (const ModuleTree& tree : facts.trees) {
    if (has_no_modules(facts, tree)) {
      report.kernels.push_back(without_modules(tree));
      continue;
    }
    note_gaps(facts, tree, report.unseen);
    const HolesOfKernel holes(facts, tree);
    report.kernels.push_back(describe(holes, tree));
    std::vector<ModuleHoles> modules = shown_modules(holes, question, report.counts);
    note_untold(holes, tree, modules, report.unseen);
    advise(facts, derived, tree, holes, modules);
    std::ranges::move(modules, std::back_inserter(report.modules));
  }
  for (const ModuleHoles& module : report.modules)
    if (is_deniable(module) && has_notable(module)) report.deniable.push_back(module.name);
  std::ranges::sort(report.deniable);
  report.deniable.erase(std::ranges::unique(report.deniable).begin(), report.deniable.end());
  return report;
}

}  // namespace kmodsec
