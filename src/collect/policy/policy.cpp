// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/policy/policy.hpp"
#include "collect/host/absence.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "collect/host/masked_paths.hpp"
#include "collect/host/trusted_files.hpp"
#include "collect/policy/profiles.hpp"
#include "collect/usage/keep_classes.hpp"
#include "format/policy/policy.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t file_limit = 1024UL * 1024;

void add_deny(const std::string& module, const std::string& profile,
              std::vector<PolicyDeny>& denies) {
  if (std::ranges::find(denies, module, &PolicyDeny::module) == denies.end())
    denies.push_back({module, profile});
}

/// Every module of the deny lists. A profile that is not there makes the policy an error, for
/// nobody could say what it denies.
Result<const Profile*> profile_of_policy(const std::vector<Profile>& profiles,
                                         const std::string& name) {
  auto profile = find_profile(profiles, name);
  if (profile) return profile;
  return failure(ErrorKind::malformed, "", "profile '" + name + "': " + profile.error().reason);
}

Result<std::vector<PolicyDeny>> resolve_denies(const Root& root, const DenyPolicy& deny) {
  std::vector<PolicyDeny> denies;
  for (const std::string& module : deny.modules) add_deny(module, {}, denies);
  if (deny.profiles.empty()) return denies;
  const auto profiles = collect_profiles(root);
  if (!profiles) return std::unexpected(profiles.error());
  for (const std::string& name : deny.profiles) {
    const auto profile = profile_of_policy(*profiles, name);
    if (!profile) return std::unexpected(profile.error());
    for (const ProfileModule& module : (*profile)->modules) {
      if (std::ranges::find(deny.except, module.name) == deny.except.end())
        add_deny(module.name, name, denies);
    }
  }
  return denies;
}

/// What a name that nobody knows would keep is denied, so that it makes the policy an error.
Result<void> resolve_keep_profiles(const Root& root, Policy& policy) {
  if (policy.keep.profiles.empty()) return {};
  const auto profiles = collect_profiles(root);
  if (!profiles) return std::unexpected(profiles.error());
  for (const std::string& name : policy.keep.profiles) {
    const auto profile = profile_of_policy(*profiles, name);
    if (!profile) return std::unexpected(profile.error());
    for (const ProfileModule& module : (*profile)->modules)
      policy.keep_profile_modules.push_back(module.name);
  }
  std::ranges::sort(policy.keep_profile_modules);
  const auto twice = std::ranges::unique(policy.keep_profile_modules);
  policy.keep_profile_modules.erase(twice.begin(), twice.end());
  return {};
}

std::unexpected<Error> no_such_class(const std::string& name,
                                     const std::vector<KeepClass>& classes) {
  std::vector<std::string> names;
  for (const KeepClass& one : classes) names.push_back(one.name);
  const auto hint = nearest(name, names);
  return failure(ErrorKind::malformed, "",
                 "there is no class '" + name + "' to keep; " +
                     (hint ? "did you mean " + *hint + "?" : "there are " + join(names, ", ")));
}

Result<void> resolve_keep_classes(const Root& root, Policy& policy) {
  if (policy.keep.classes.empty()) return {};
  const auto classes = collect_keep_classes(root);
  if (!classes) return std::unexpected(classes.error());
  for (const std::string& name : policy.keep.classes) {
    const auto found = std::ranges::find(*classes, name, &KeepClass::name);
    if (found == classes->end()) return no_such_class(name, *classes);
    policy.keep_classes.push_back(*found);
  }
  return {};
}

Result<void> resolve(const Root& root, Policy& policy) {
  auto denies = resolve_denies(root, policy.deny);
  if (!denies) return std::unexpected(denies.error());
  policy.denies = std::move(*denies);
  if (auto done = resolve_keep_profiles(root, policy); !done) return done;
  return resolve_keep_classes(root, policy);
}

/// The policy of the files in their order; the first that is wrong makes the whole an error.
Result<Policy> read_policies(const Root& root, const std::vector<std::string>& paths) {
  Policy policy;
  for (const std::string& path : paths) {
    const auto text = read_trusted_file(root, path, file_limit);
    if (!text && text.error().kind == ErrorKind::not_found) continue;
    if (!text) return std::unexpected(text.error());
    auto extended = parse_policy(*text, utf8_text(path), std::move(policy));
    if (!extended) return failure(extended.error().kind, utf8_text(path), extended.error().reason);
    policy = std::move(*extended);
  }
  return policy;
}

}  // namespace

Seen<Policy> collect_policy(const Root& root) {
  std::vector<std::string> paths = {std::string(policy_path)};
  const auto more = toml_files(root, "/etc/kmodsec/policy.d");
  if (!more) return std::unexpected(more.error());
  paths.insert(paths.end(), more->begin(), more->end());
  auto policy = read_policies(root, paths);
  if (!policy) return policy;
  if (policy->sources.empty()) {
    if (const auto doubt = doubt_about_absence(root, policy_path)) return std::unexpected(*doubt);
    return policy;
  }
  if (auto told = owners_can_be_told(root); !told) return std::unexpected(told.error());
  if (auto resolved = resolve(root, *policy); !resolved)
    return failure(resolved.error().kind, policy->sources.front(), to_string(resolved.error()));
  return policy;
}

}  // namespace kmodsec
