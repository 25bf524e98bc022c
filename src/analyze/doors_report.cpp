// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/doors_report.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "analyze/loading/callers.hpp"
#include "analyze/loading/doors.hpp"
#include "analyze/cves/module_holes.hpp"
#include "analyze/loading/unseen_images.hpp"
#include "analyze/kernel/unseen_kernels.hpp"
#include "analyze/work.hpp"
#include "model/check.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

/// Without one of these a door may be open that seems closed, or the reverse.
void note_gaps(const Facts& facts, const ModuleTree& tree, const DoorsQuestion& question,
               std::vector<Unseen>& unseen) {
  note_unseen(index_in_use(tree), unseen);
  note_unseen(aliases_in_use(tree), unseen);
  note_unseen(tree.softdeps, unseen);
  note_unseen(tree.builtin, unseen);
  if (!question.modules.empty()) std::ranges::copy(unseen_images(tree), std::back_inserter(unseen));
  if (facts.kernel.release != tree.release) return;
  note_unseen(facts.kernel.modules_disabled, unseen);
  note_unseen(facts.kernel.modprobe_helper, unseen);
  std::ranges::copy(unseen_callers(facts), std::back_inserter(unseen));
}

/// A file that was not read may have the line that decides.
void note_unread_lines(const Facts& facts, std::vector<Unseen>& unseen) {
  note_unseen(facts.load, unseen);
  if (!facts.load) return;
  std::ranges::copy_if(facts.load->unseen, std::back_inserter(unseen), [](const Unseen& gap) {
    return gap.what.contains("/modprobe.d/") || gap.what.contains("/modules-load.d/");
  });
}

void answer_all_open(const Doors& doors, const ModuleTree& tree, DoorsReport& report) {
  if (!index_in_use(tree)) return;
  for (const IndexEntry& entry : *index_in_use(tree)) {
    ModuleDoors module = doors.of(entry.name);
    if (!module.denied) report.modules.push_back(std::move(module));
  }
}

/// By the tables, where they are there.
void add_exploited(const Facts& facts, const ModuleTree& tree, std::vector<ModuleDoors>& modules) {
  if (!facts.known_holes) return;
  const HolesOfKernel holes(facts, tree);
  const auto exploited = holes.exploited();
  for (ModuleDoors& module : modules) {
    const auto found = exploited.find(module.name);
    if (module.kernel == tree.release && found != exploited.end()) module.exploited = found->second;
  }
}

void answer_for(const Facts& facts, const ModuleTree& tree, const DoorsQuestion& question,
                DoorsReport& report) {
  const Doors doors(facts, tree);
  for (const std::string& name : question.modules) report.modules.push_back(doors.of(name));
  for (const std::string& request : question.requests)
    report.requests.push_back(doors.answer(request));
  if (question.all_open) answer_all_open(doors, tree, report);
  add_exploited(facts, tree, report.modules);
}

}  // namespace

DoorsReport answer_doors(const Facts& facts, const DoorsQuestion& question) {
  DoorsReport report{.kernel = &facts.kernel};
  note_unread_lines(facts, report.unseen);
  note_unseen_kernels(facts, report.unseen);
  for (const ModuleTree& tree : facts.trees) {
    note_gaps(facts, tree, question, report.unseen);
    try {
      answer_for(facts, tree, question, report);
    } catch (const TooMuchWork& problem) {
      report.unseen.push_back(unseen_because(problem.error()));
    }
  }
  const auto order = [](const ModuleDoors& a, const ModuleDoors& b) {
    return std::tie(a.kernel, a.reach, a.name) < std::tie(b.kernel, b.reach, b.name);
  };
  if (question.all_open) std::ranges::sort(report.modules, order);
  return report;
}

}  // namespace kmodsec
