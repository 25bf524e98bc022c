// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/usable_policy.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "collect/collect.hpp"
#include "collect/modules/module_tree.hpp"
#include "collect/policy/policy.hpp"
#include "collect/policy/profiles.hpp"
#include "model/host/module_name.hpp"
#include "plan/plan.hpp"

namespace kmodsec {
namespace {

/// Those of the modules that the policy names which lie in the folder of some kernel, whether
/// an index has them or not.
void add_names_of_files(const Root& root, const Facts& facts, std::vector<std::string>& names) {
  const std::set<std::string> named = modules_named_in(*facts.policy);
  for (const ModuleTree& tree : facts.trees) {
    for (const std::string& path : paths_of_modules(root, tree.release, named))
      names.push_back(module_name_of_path(path));
  }
}

/// The folders of the kernels are searched only for a name that neither an index nor a profile has.
Result<void> names_of_policy_are_known(const Root& root, const Facts& facts) {
  const auto profiles = collect_profiles(root);
  if (!profiles) return std::unexpected(profiles.error());
  std::vector<std::string> names;
  for (const Profile& profile : *profiles) {
    for (const ProfileModule& module : profile.modules) names.push_back(module.name);
  }
  if (names_are_known(facts, names)) return {};
  add_names_of_files(root, facts, names);
  return names_are_known(facts, names);
}

bool is_installed(const Facts& facts, const std::string& release) {
  return facts.installed && std::ranges::find(*facts.installed, release) != facts.installed->end();
}

/// Each kernel with the files of the modules that the policy has parameters for. A kernel that runs
/// and is not installed has none.
Result<std::vector<ModuleTree>> trees_with_files(const Root& root, const Facts& facts) {
  std::vector<std::string> modules;
  for (const PolicyOptions& one : facts.policy->options) modules.push_back(one.module);
  std::vector<ModuleTree> trees;
  for (const ModuleTree& tree : facts.trees) {
    if (!is_installed(facts, tree.release)) {
      trees.push_back(tree);
      continue;
    }
    auto read = collect(root, {.kernel = tree.release,
                               .files = FileScope::named,
                               .names = modules,
                               .parts = {Part::indexes},
                               .now = facts.time});
    if (!read) return std::unexpected(read.error());
    std::ranges::move(read->trees, std::back_inserter(trees));
  }
  return trees;
}

}  // namespace

Result<OptionsVerdict> policy_is_usable(const Root& root, const Facts& facts) {
  if (!facts.policy) return std::unexpected(facts.policy.error());
  if (facts.policy->sources.empty())
    return failure(ErrorKind::usage, std::string(policy_path),
                   "this host has no policy; 'kmodsec deny MODULE' begins one");
  if (auto known = names_of_policy_are_known(root, facts); !known)
    return std::unexpected(known.error());
  if (facts.policy->options.empty()) return OptionsVerdict{};
  const auto trees = trees_with_files(root, facts);
  if (!trees) return std::unexpected(trees.error());
  OptionsVerdict verdict = judge_options(facts.policy->options, *trees);
  if (verdict.refused) return std::unexpected(*verdict.refused);
  return verdict;
}

}  // namespace kmodsec
