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
Result<std::vector<PolicyDeny>> resolve_denies(const Root& root, const DenyPolicy& deny) {
  std::vector<PolicyDeny> denies;
  for (const std::string& module : deny.modules) add_deny(module, {}, denies);
  if (deny.profiles.empty()) return denies;
  const auto profiles = collect_profiles(root);
  if (!profiles) return std::unexpected(profiles.error());
  for (const std::string& name : deny.profiles) {
    const auto profile = find_profile(*profiles, name);
    if (!profile)
      return failure(ErrorKind::malformed, "", "profile '" + name + "': " + profile.error().reason);
    for (const ProfileModule& module : (*profile)->modules) {
      if (std::ranges::find(deny.except, module.name) == deny.except.end())
        add_deny(module.name, name, denies);
    }
  }
  return denies;
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
  auto denies = resolve_denies(root, policy->deny);
  if (!denies)
    return failure(denies.error().kind, policy->sources.front(), to_string(denies.error()));
  policy->denies = std::move(*denies);
  return policy;
}

}  // namespace kmodsec
