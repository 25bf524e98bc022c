// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/judge_denies.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "analyze/host/own_denies.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/unseen_images.hpp"
#include "analyze/policy/everything_else.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_names = 10;

}  // namespace

void leave_sure_denies(const Facts& facts, std::vector<PolicyDeny>& denies) {
  const std::set<std::string> denied = denied_now(facts);
  std::erase_if(denies, [&](const PolicyDeny& deny) { return !denied.contains(deny.module); });
}

Unseen undecided(const ModuleLoadPaths& module) {
  const auto runs =
      std::ranges::find(module.load_paths, LoadPathOutcome::runs, &LoadPathVerdict::outcome);
  return {module.name,
          runs == module.load_paths.end() ? std::string(why_unknown(module.presence)) : runs->note};
}

bool is_indexed(const ModuleTree& tree) { return index_in_use(tree) && aliases_in_use(tree); }

std::vector<Unseen> unseen_of_denies(const Facts& facts) {
  std::vector<Unseen> unseen = unseen_load_paths(facts);
  for (const ModuleTree& tree : facts.trees) {
    if (is_indexed(tree)) std::ranges::copy(unseen_images(tree), std::back_inserter(unseen));
  }
  return unseen;
}

std::optional<Finding> open_of_host(const DenyOfHost& deny, const ModuleTree& tree,
                                    const LoadPaths& load_paths, std::vector<Unseen>& unseen) {
  std::vector<std::string> open;
  std::vector<Evidence> evidence;
  for (const PolicyDeny& one : deny.denies) {
    const ModuleLoadPaths module = load_paths.of(one.module);
    if (module.unknown) unseen.push_back(undecided(module));
    if (module.denied || module.unknown || module.presence != Presence::loadable) continue;
    open.push_back(one.module);
    if (evidence.size() < most_names)
      evidence.push_back({one.module, {}, one.asked_by.empty() ? module.trigger : one.asked_by});
  }
  if (open.empty()) return std::nullopt;
  return Finding{
      std::string(deny.key),
      open.size() == 1
          ? fmt::format("{}: {}, which {}, is not denied", tree.release, open.front(), deny.which)
          : fmt::format("{}: {} modules that {} are not denied, {} among them", tree.release,
                        open.size(), deny.which, open.front()),
      std::move(evidence)};
}

}  // namespace kmodsec
