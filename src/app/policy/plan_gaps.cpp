// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/plan_gaps.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "analyze/kernel/unseen_kernels.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/unseen_images.hpp"
#include "analyze/policy/root_file_systems.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

/// Of no weight where no file system is denied.
void note_untyped_mounts(const PlanInput& input, std::vector<Unseen>& unseen) {
  if (input.facts->untyped_mounts.empty()) return;
  const std::set<std::string> file_systems = file_systems_of(*input.facts);
  const bool is_at_stake = std::ranges::any_of(input.denies, [&](const PolicyDeny& deny) {
    return may_hold_root(deny.module) || file_systems.contains(deny.module);
  });
  if (is_at_stake) std::ranges::copy(input.facts->untyped_mounts, std::back_inserter(unseen));
}

}  // namespace

std::vector<Unseen> gaps_in(const PlanInput& input) {
  const Facts& facts = *input.facts;
  std::vector<Unseen> unseen = unseen_configuration(facts);
  note_unseen(facts.load, unseen);
  note_unseen_needs(facts, unseen);
  note_unseen_kernels(facts, unseen);
  if (facts.live && !lacks_module_support(facts)) note_unseen(facts.users, unseen);
  for (const ModuleTree& tree : facts.trees) {
    if (lacks_module_support(facts, tree)) continue;
    note_unseen(index_in_use(tree), unseen);
    std::ranges::move(unseen_images(tree), std::back_inserter(unseen));
  }
  note_untyped_mounts(input, unseen);
  return unseen;
}

void erase_repeated(std::vector<Unseen>& unseen) {
  std::set<std::pair<std::string, std::string>> known;
  std::erase_if(unseen,
                [&](const Unseen& gap) { return !known.emplace(gap.what, gap.why).second; });
}

}  // namespace kmodsec
