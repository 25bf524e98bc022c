// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/edit_policy.hpp"

#include <algorithm>
#include <utility>

#include "app/module_names.hpp"
#include "app/policy/plan_host.hpp"
#include "collect/policy/policy.hpp"
#include "collect/policy/profiles.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {

std::vector<std::string> modules_of(const PolicyEditOptions& options) {
  std::vector<std::string> modules;
  for (const std::string& name : options.names) modules.push_back(normalized_module_name(name));
  return modules;
}

Result<void> something_is_named(const PolicyEditOptions& options) {
  const bool by_list = options.autoload_by_users || options.everything_else;
  if (!options.names.empty() || !options.profiles.empty() || by_list) return {};
  return failure(ErrorKind::usage, options.verb,
                 "name modules, or use --profile, --autoload-by-users or --everything-else");
}

Result<void> profiles_are_known(const PolicyEditOptions& options) {
  if (options.profiles.empty()) return {};
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  const auto profiles = collect_profiles(*host->root);
  if (!profiles) return std::unexpected(profiles.error());
  for (const std::string& name : options.profiles) {
    if (const auto found = find_profile(*profiles, name); !found)
      return std::unexpected(found.error());
  }
  return {};
}

Result<Policy> written_policy_of_host(const Options& options) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  return collect_policy(*host->root);
}

Result<Policy> policy_of_host(const Options& options) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  auto policy = collect_policy(*host->root);
  if (!policy || (!policy->deny.autoload_by_users && !denies_everything_else(*policy)))
    return policy;
  auto denies = denies_of_host(*host);
  if (!denies) return std::unexpected(denies.error());
  policy->denies = std::move(*denies);
  return policy;
}

Result<std::vector<std::string>> modules_of_denied_profiles(const Options& options,
                                                            const Policy& policy) {
  std::vector<std::string> modules;
  if (policy.deny.profiles.empty()) return modules;
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  const auto profiles = collect_profiles(*host->root);
  if (!profiles) return std::unexpected(profiles.error());
  for (const Profile& profile : *profiles) {
    if (std::ranges::find(policy.deny.profiles, profile.name) == policy.deny.profiles.end())
      continue;
    for (const ProfileModule& module : profile.modules) modules.push_back(module.name);
  }
  return modules;
}

Result<std::vector<std::string>> denied_modules(const PolicyEditOptions& options,
                                                const Policy& policy) {
  const std::vector<std::string> modules = modules_of(options);
  const bool all_denied = std::ranges::all_of(modules, [&](const std::string& module) {
    return std::ranges::find(policy.denies, module, &PolicyDeny::module) != policy.denies.end();
  });
  if (all_denied) return modules;
  auto resolved = resolve_modules(options, options.names);
  if (!resolved) return resolved;
  if (const auto denied = are_denied(*resolved, policy); !denied)
    return std::unexpected(denied.error());
  return resolved;
}

Result<std::vector<std::string>> modules_to_keep(const PolicyEditOptions& options,
                                                 const Policy& policy) {
  auto denied = denied_modules(options, policy);
  if (denied || !policy.deny.everything_else) return denied;
  return resolve_modules(options, options.names);
}

Result<void> are_denied(const std::vector<std::string>& modules, const Policy& policy) {
  for (const std::string& module : modules) {
    if (std::ranges::find(policy.denies, module, &PolicyDeny::module) == policy.denies.end())
      return failure(ErrorKind::usage, module, "the policy does not deny it");
  }
  return {};
}

}  // namespace kmodsec
