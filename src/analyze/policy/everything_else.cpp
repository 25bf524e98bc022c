// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/everything_else.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "analyze/host/own_denies.hpp"
#include "analyze/policy/active_denies.hpp"
#include "analyze/usage/opened_modules.hpp"
#include "analyze/usage/usage_readiness.hpp"
#include "model/check.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

/// The file of a tree's index names the modules: a name may be anything.
void add_denies(const Facts& facts, EverythingElse& all_else) {
  const std::set<std::string> opened = opened_now(facts);
  for (const ClosedModule& closed : all_else.set.closed) {
    if (!is_module_name(closed.module))
      all_else.unseen.push_back({"modules of this host", "one has a name that is none"});
    else if (!opened.contains(closed.module))
      all_else.denies.push_back({.module = closed.module, .profile = {}, .not_kept = true});
  }
}

/// Others than everything_else deny few of these.
bool is_in_force(const std::set<std::string>& denied, const KeepSet& set) {
  const auto count = std::ranges::count_if(
      set.closed, [&](const ClosedModule& closed) { return denied.contains(closed.module); });
  return static_cast<std::size_t>(count) * 2 > set.closed.size();
}

/// The modules that would be denied and were not before.
std::vector<std::string> newly_denied(const Facts& facts, const EverythingElse& all_else) {
  const std::set<std::string> known = denied_or_opened(facts);
  std::vector<std::string> modules;
  for (const PolicyDeny& deny : all_else.denies) {
    if (!known.contains(deny.module)) modules.push_back(deny.module);
  }
  return modules;
}

/// The newest kernel, until it runs for the first time; nothing where it is the only one.
const ModuleTree* kernel_to_come(const Facts& facts) {
  if (!facts.installed || facts.installed->empty() || facts.trees.size() < 2) return nullptr;
  const std::string& newest = facts.installed->back();
  if (!facts.kernel.release || newest == *facts.kernel.release) return nullptr;
  const auto& boots = facts.usage ? facts.usage->boots : std::vector<RecordedBoot>{};
  if (std::ranges::find(boots, newest, &RecordedBoot::kernel) != boots.end()) return nullptr;
  const auto tree = std::ranges::find(facts.trees, newest, &ModuleTree::release);
  return tree == facts.trees.end() ? nullptr : &*tree;
}

/// Whether no kernel has had these modules before: then nothing can have used one here.
bool come_with_a_kernel(const Facts& facts, const std::vector<std::string>& modules) {
  const ModuleTree* newest = kernel_to_come(facts);
  if (newest == nullptr) return false;
  std::set<std::string_view> others;
  for (const ModuleTree& tree : facts.trees) {
    if (&tree == newest || !index_in_use(tree)) continue;
    for (const IndexEntry& entry : *index_in_use(tree)) others.insert(entry.name);
  }
  return std::ranges::none_of(modules,
                              [&](const std::string& module) { return others.contains(module); });
}

}  // namespace

EverythingElse everything_else(const Facts& facts, KeepSetDetail detail) {
  EverythingElse all_else;
  if (!facts.policy || !facts.policy->deny.everything_else) return all_else;
  all_else.set = keep_set_of_host(facts, detail);
  all_else.readiness = usage_readiness(facts);
  all_else.unseen = all_else.set.unseen;
  note_unseen(facts.usage, all_else.unseen);
  if (denies_everything_else(*facts.policy)) add_denies(facts, all_else);
  all_else.in_force = is_in_force(denied_now(facts), all_else.set);
  sort_unique(all_else.unseen);
  return all_else;
}

EverythingElse everything_else(const Facts& facts, const Derived& derived) {
  return derived.everything_else ? *derived.everything_else
                                 : everything_else(facts, KeepSetDetail::names);
}

std::vector<std::string> objections_to(const Facts& facts, const EverythingElse& all_else) {
  const std::vector<std::string> modules = newly_denied(facts, all_else);
  if (modules.empty()) return {};
  std::vector<std::string> objections;
  for (const Unseen& gap : all_else.unseen)
    objections.push_back(fmt::format("what needs a module may be where nobody could look: {}: {}",
                                     gap.what, gap.why));
  const bool is_enough =
      all_else.in_force && all_else.readiness.has_own_record && come_with_a_kernel(facts, modules);
  if (!is_enough) std::ranges::copy(all_else.readiness.reasons, std::back_inserter(objections));
  return objections;
}

}  // namespace kmodsec
