// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/policy.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "collect/profiles.hpp"
#include "format/policy.hpp"

namespace kmodsec {
namespace {

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
    const auto profile = std::ranges::find(*profiles, name, &Profile::name);
    if (profile == profiles->end())
      return failure(ErrorKind::malformed, "", "there is no profile '" + name + "'");
    for (const ProfileModule& module : profile->modules) add_deny(module.name, name, denies);
  }
  return denies;
}

}  // namespace

Seen<Policy> collect_policy(const Root& root) {
  constexpr std::string_view path = "/etc/kmodsec/policy.toml";
  constexpr std::size_t limit = 1024UL * 1024;
  const auto text = root.read(path, limit);
  if (!text && text.error().kind == ErrorKind::not_found) return Policy{};
  if (!text) return std::unexpected(text.error());
  auto policy = parse_policy(*text);
  if (!policy) return failure(policy.error().kind, std::string(path), policy.error().reason);
  auto denies = resolve_denies(root, policy->deny);
  if (!denies) return failure(denies.error().kind, std::string(path), to_string(denies.error()));
  policy->denies = std::move(*denies);
  policy->source = path;
  return policy;
}

}  // namespace kmodsec
