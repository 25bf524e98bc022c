// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/policy/change_host.hpp"
#include "app/policy/edit_policy.hpp"
#include "app/policy/policy_text.hpp"
#include "cli/verb.hpp"
#include "format/policy/policy_edit.hpp"

namespace kmodsec {
namespace {

void declare(OptionSet& set, PolicyEditOptions& options) {
  set.arguments("MODULE", options.names, "Names, aliases or files of modules");
  declare_yes(set, options);
  declare_dry_run(set, options);
  declare_whole_changes(set, options);
  declare_deny_override(set, options);
  set.texts("--profile", options.profiles, "The modules of a profile", "PROFILE");
  set.flag("--autoload-by-users", options.autoload_by_users,
           "No more all that users can have the kernel load");
  set.flag("--everything-else", options.everything_else, "No more all that is not kept");
}

/// What a list denies stays denied unless the policy names it as an exception to that list.
Result<std::string> allow_in(std::string text, const PolicyEditOptions& options,
                             const Policy& policy, const std::vector<std::string>& in_profiles) {
  PolicyText edited(std::move(text));
  for (const std::string& profile : options.profiles)
    edited.change(remove_from_list, "deny", "profiles", profile);
  if (options.autoload_by_users) edited.change(set_switch, "deny", "autoload_by_users", false);
  if (options.everything_else) edited.change(set_switch, "deny", "everything_else", false);
  const bool keeps_by_name = policy.deny.everything_else && !options.everything_else;
  for (const std::string& module : modules_of(options)) {
    edited.change(remove_from_list, "deny", "modules", module);
    edited.change(remove_exceptions, module, 0);
    const bool by_list = std::ranges::find(in_profiles, module) != in_profiles.end() ||
                         (policy.deny.autoload_by_users && !options.autoload_by_users);
    if (by_list)
      edited.change(add_to_list, "deny", "except", module);
    else if (keeps_by_name)
      edited.change(add_to_list, "keep", "modules", module);
  }
  return edited.take();
}

/// What is to be taken out of the policy and is not in it.
std::vector<std::string> idle_options(const PolicyEditOptions& options, const Policy& policy) {
  std::vector<std::string> notes;
  for (const std::string& profile : options.profiles) {
    if (std::ranges::find(policy.deny.profiles, profile) == policy.deny.profiles.end())
      notes.push_back(
          fmt::format("the policy does not deny the profile {}: nothing changes by that", profile));
  }
  if (options.autoload_by_users && !policy.deny.autoload_by_users)
    notes.emplace_back(
        "the policy does not deny what users can have the kernel load: nothing changes by that");
  return notes;
}

Result<Answer> run(const PolicyEditOptions& options, const Style& style) {
  if (auto named = something_is_named(options); !named) return std::unexpected(named.error());
  if (auto known = profiles_are_known(options); !known) return std::unexpected(known.error());
  const auto policy = policy_of_host(options);
  if (!policy) return std::unexpected(policy.error());
  auto modules = modules_to_keep(options, *policy);
  if (!modules) return std::unexpected(modules.error());
  PolicyEditOptions named = options;
  named.names = std::move(*modules);
  const auto in_profiles = modules_of_denied_profiles(options, *policy);
  if (!in_profiles) return std::unexpected(in_profiles.error());
  const EditPolicy allow = [&](const Editor& editor) {
    return edits_of_policy(editor, [&](std::string text) {
      return allow_in(std::move(text), named, *policy, *in_profiles);
    });
  };
  return change_host(named, style, allow, {.notes = idle_options(options, *policy)});
}

}  // namespace

std::unique_ptr<Command> allow_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
