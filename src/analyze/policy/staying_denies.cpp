// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/policy/staying_denies.hpp"

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "analyze/host/own_denies.hpp"
#include "analyze/policy/active_denies.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

bool opens_unattended(KeepCause cause) {
  return cause == KeepCause::policy || cause == KeepCause::needed ||
         cause == KeepCause::alternative;
}

}  // namespace

std::vector<PolicyDeny> staying_denies(const Facts& facts, const EverythingElse& all_else) {
  std::vector<PolicyDeny> staying;
  if (!facts.policy || !denies_everything_else(*facts.policy)) return staying;
  std::unordered_map<std::string_view, KeepCause> kept;
  for (const KeptForUse& one : all_else.set.kept) kept.emplace(one.module, one.cause);
  std::unordered_set<std::string_view> denied_anyway;
  for (const PolicyDeny& deny : all_else.denies) denied_anyway.insert(deny.module);
  const std::set<std::string> opened = opened_now(facts);
  for (const std::string& module : denied_now(facts)) {
    if (denied_anyway.contains(module) || opened.contains(module)) continue;
    if (!is_module_name(module)) continue;
    const auto found = kept.find(module);
    const bool stays =
        found == kept.end() ? !all_else.unseen.empty() : !opens_unattended(found->second);
    if (stays) staying.push_back({.module = module, .profile = {}, .not_kept = true});
  }
  return staying;
}

}  // namespace kmodsec
