// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/policy/profiles.hpp"
#include "app/machine.hpp"
#include "cli/verb.hpp"
#include "collect/collect.hpp"
#include "report/policy/profiles_report.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

struct ProfilesOptions : Options {
  std::vector<std::string> names;
};

void declare(OptionSet& set, ProfilesOptions& options) {
  set.arguments("PROFILE", options.names, "Show these with all their modules");
}

/// Those that are named, in that order; all where none is.
Result<std::vector<Profile>> chosen(std::vector<Profile> profiles,
                                    const std::vector<std::string>& names) {
  if (names.empty()) return profiles;
  std::vector<Profile> found;
  for (const std::string& name : names) {
    const auto profile = find_profile(profiles, name);
    if (!profile) return std::unexpected(profile.error());
    found.push_back(**profile);
  }
  return found;
}

Result<Answer> run(const ProfilesOptions& options, const Style& style) {
  const auto root = open_machine(options);
  if (!root) return std::unexpected(root.error());
  auto profiles = collect_profiles(**root);
  if (!profiles) return std::unexpected(profiles.error());
  const auto shown = chosen(std::move(*profiles), options.names);
  if (!shown) return std::unexpected(shown.error());
  return Answer{
      options.format == "json"
          ? print_profiles_json(*shown, collect_identity_of_machine(**root, time_of_looking()))
          : print_profiles_text(*shown, style, !options.names.empty()),
      Outcome::clean,
      {}};
}

}  // namespace

std::unique_ptr<Command> profiles_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
