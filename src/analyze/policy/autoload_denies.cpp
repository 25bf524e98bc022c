// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/autoload_denies.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "analyze/host/own_denies.hpp"
#include "analyze/loading/load_paths.hpp"
#include "analyze/modules/nameless_modules.hpp"
#include "analyze/policy/active_denies.hpp"
#include "analyze/policy/needed_modules.hpp"
#include "analyze/usage/opened_modules.hpp"
#include "model/check.hpp"
#include "model/host/module_name.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

bool is_user(AttackerPosition position) { return position <= AttackerPosition::local_userns; }

/// What each module is kept for.
class Keepers {
 public:
  explicit Keepers(const Facts& facts) : facts_(facts), needed_(facts) {
    const Policy& policy = *facts.policy;
    for (const std::string& module : policy.deny.except)
      named_.emplace(module, "deny.except names it");
    for (const std::string& module : policy.keep.modules)
      named_.emplace(module, "keep.modules names it");
    for (const std::string& module : policy.keep_profile_modules)
      named_.emplace(module, "a profile of keep.profiles names it");
    for (const std::string& module : policy.load)
      needed_.add(module, "load.modules of the policy names it");
    for (const std::string& module : policy.freeze.require)
      needed_.add(module, "freeze.require of the policy names it");
    for (const LoadRequest& request : facts.load->at_boot)
      needed_.add(request.name,
                  fmt::format("{}:{} loads it at boot", request.source, request.line));
    needed_.add_needs_of_boot();
    add_loaded();
  }

  std::optional<std::string> reason_for(const std::string& module) const {
    const auto named = named_.find(module);
    if (named != named_.end()) return std::string(named->second);
    if (loaded_.contains(module)) return "loaded now";
    const std::string* needed = needed_.reason_for(module);
    return needed == nullptr ? std::nullopt : std::optional(*needed);
  }

 private:
  void add_loaded() {
    if (!facts_.live || !facts_.loaded) return;
    const std::set<std::string> denied = denied_or_opened(facts_);
    for (const LoadedModule& module : *facts_.loaded) {
      if (!denied.contains(module.name)) loaded_.insert(module.name);
    }
  }

  const Facts& facts_;
  NeededModules needed_;
  std::map<std::string, std::string_view> named_;
  std::set<std::string> loaded_;
};

/// The modules of a kernel that a user can ask for, with how.
void add_asked_for(const Facts& open, const ModuleTree& tree,
                   std::map<std::string, std::string>& asked_for, std::vector<Unseen>& unseen) {
  note_unseen(index_in_use(tree), unseen);
  note_unseen(aliases_in_use(tree), unseen);
  if (!index_in_use(tree)) return;
  const LoadPaths load_paths(open, tree);
  NamelessModules nameless;
  for (const IndexEntry& entry : *index_in_use(tree)) {
    const auto asker = load_paths.asker_of(entry.name);
    if (!asker || !is_user(asker->position)) continue;
    if (is_module_name(entry.name))
      asked_for.emplace(entry.name, asker->trigger);
    else
      nameless.add(entry.name);
  }
  nameless.note(tree.folder, unseen);
}

void note_hidden_keepers(const Facts& facts, std::vector<Unseen>& unseen) {
  note_unseen_needs(facts, unseen);
  std::ranges::copy(facts.untyped_mounts, std::back_inserter(unseen));
  if (facts.live && !lacks_module_support(facts)) note_unseen_loaded(facts, unseen);
}

}  // namespace

AutoloadDenies autoload_denies(const Facts& facts) {
  AutoloadDenies autoload;
  if (!facts.policy || !facts.policy->deny.autoload_by_users) return autoload;
  if (!facts.load) {
    autoload.unseen.push_back(unseen_because(facts.load.error()));
    return autoload;
  }
  note_hidden_keepers(facts, autoload.unseen);
  const Facts open = facts_without_denies(facts);
  std::map<std::string, std::string> asked_for;
  for (const ModuleTree& tree : open.trees) add_asked_for(open, tree, asked_for, autoload.unseen);
  const Keepers keepers(facts);
  const std::set<std::string> opened = opened_now(facts);
  for (const auto& [module, how] : asked_for) {
    if (opened.contains(module)) continue;
    if (auto why = keepers.reason_for(module))
      autoload.kept.push_back({module, std::move(*why)});
    else
      autoload.denies.push_back({.module = module, .profile = {}, .asked_by = how});
  }
  return autoload;
}

void leave_kept(const KeepSet& set, std::vector<PolicyDeny>& denies) {
  std::unordered_set<std::string_view> kept;
  for (const KeptForUse& one : set.kept) kept.insert(one.module);
  std::erase_if(denies, [&](const PolicyDeny& deny) { return kept.contains(deny.module); });
}

std::vector<PolicyDeny> with_autoload(std::vector<PolicyDeny> denies,
                                      const std::vector<PolicyDeny>& more) {
  std::unordered_set<std::string> known;
  for (const PolicyDeny& deny : denies) known.insert(deny.module);
  std::ranges::copy_if(more, std::back_inserter(denies),
                       [&](const PolicyDeny& deny) { return !known.contains(deny.module); });
  return denies;
}

}  // namespace kmodsec
