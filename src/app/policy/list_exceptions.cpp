// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/list_exceptions.hpp"

#include <algorithm>
#include <iterator>

#include "app/module_names.hpp"
#include "app/policy/plan_host.hpp"
#include "base/contains.hpp"
#include "base/text.hpp"
#include "collect/policy/profiles.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

Result<std::vector<std::string>> modules_of_profiles(const PolicyEditOptions& options) {
  const auto host = open_changed_host(options);
  if (!host) return std::unexpected(host.error());
  const auto profiles = collect_profiles(*host->root);
  if (!profiles) return std::unexpected(profiles.error());
  std::vector<std::string> modules;
  for (const std::string& name : options.profiles) {
    const auto profile = find_profile(*profiles, name);
    if (!profile) return std::unexpected(profile.error());
    for (const ProfileModule& module : (*profile)->modules) modules.push_back(module.name);
  }
  return modules;
}

}  // namespace

Result<std::vector<std::string>> excepted_modules(const PolicyEditOptions& options,
                                                  const std::vector<std::string>& except) {
  if (except.empty()) return std::vector<std::string>{};
  const bool follows_host = options.autoload_by_users || options.everything_else;
  if (options.profiles.empty() && !follows_host)
    return failure(ErrorKind::usage, "--except",
                   "goes with --profile, --autoload-by-users or --everything-else: it names what "
                   "such a list does not deny");
  const auto in_profiles = modules_of_profiles(options);
  if (!in_profiles) return in_profiles;
  std::vector<std::string> modules;
  for (const std::string& name : except) {
    const std::string module = normalized_module_name(name);
    if (contains(modules_of(options), module))
      return failure(ErrorKind::usage, module, "is named to be denied as well");
    if (contains(*in_profiles, module)) {
      modules.push_back(module);
      continue;
    }
    const auto hint = nearest(module, *in_profiles);
    if (!follows_host)
      return failure(ErrorKind::usage, module,
                     "is in none of the named profiles" +
                         (hint ? "; did you mean " + *hint + "?" : std::string{}));
    auto resolved = resolve_modules(options, {name});
    if (!resolved) return resolved;
    std::ranges::move(*resolved, std::back_inserter(modules));
  }
  return modules;
}

}  // namespace kmodsec
