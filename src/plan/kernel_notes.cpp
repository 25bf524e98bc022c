// SPDX-License-Identifier: GPL-2.0-or-later
// What another kernel than the running one has of its own, and keeps.
#include <algorithm>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/modules/index_in_use.hpp"
#include "plan/plan.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_names = 5;

std::vector<std::string> kept_of_its_own(const ModuleTree& tree,
                                         const std::set<std::string>& running, const KeepSet& set) {
  std::vector<std::string> kept;
  if (!index_in_use(tree)) return kept;
  for (const IndexEntry& entry : *index_in_use(tree)) {
    if (running.contains(entry.name)) continue;
    const auto found =
        std::ranges::lower_bound(set.kept, entry.name, std::ranges::less{}, &KeptForUse::module);
    if (found != set.kept.end() && found->module == entry.name)
      kept.push_back(fmt::format("{} ({})", found->module, found->reason));
  }
  return kept;
}

}  // namespace

std::vector<std::string> notes_on_kernels(const PlanInput& input) {
  std::vector<std::string> notes;
  const Facts& facts = *input.facts;
  const auto running =
      std::ranges::find(facts.trees, facts.kernel.release.value_or(""), &ModuleTree::release);
  if (!facts.live || running == facts.trees.end()) return notes;
  if (!index_in_use(*running) || !running->builtin) return notes;
  const std::set<std::string> names = names_seen_of(*running);
  for (const ModuleTree& tree : facts.trees) {
    const auto kept = kept_of_its_own(tree, names, input.everything_else.set);
    if (!kept.empty())
      notes.push_back(fmt::format("{} keeps {} that the running kernel does not have: {}",
                                  tree.release, count_of(kept.size(), "module"),
                                  first_few(kept, most_names)));
  }
  return notes;
}

}  // namespace kmodsec
