// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "analyze/exposure_report.hpp"
#include "app/machine.hpp"
#include "app/module_names.hpp"
#include "app/modules/asked_modules.hpp"
#include "cli/verb.hpp"
#include "collect/policy/profiles.hpp"
#include "report/exposure_report.hpp"

namespace kmodsec {
namespace {

struct DoorsOptions : Options {
  std::vector<std::string> names;  ///< Of modules.
  std::vector<std::string> aliases;
  std::vector<std::string> profiles;
  bool open = false;
};

void declare(OptionSet& set, DoorsOptions& options) {
  set.arguments("MODULE", options.names, "Names, aliases or files of modules");
  set.texts("--alias", options.aliases, "A request of the kernel, such as fs-cramfs", "REQUEST");
  set.texts("--profile", options.profiles, "Every module of a profile", "PROFILE");
  set.flag("--open", options.open, "Every module that is not denied, by who can bring it in");
  declare_data(set);
  declare_initramfs(set);
}

std::optional<Error> wrong_choice(const DoorsOptions& options) {
  const bool named =
      !options.names.empty() || !options.aliases.empty() || !options.profiles.empty();
  if (named && options.open)
    return Error{ErrorKind::usage, "doors", "use either --open or modules by name"};
  if (!named && !options.open)
    return Error{ErrorKind::usage, "doors", "name modules, or use --alias, --profile or --open"};
  return std::nullopt;
}

Result<Facts> read_facts(const DoorsOptions& options, const std::vector<std::string>& modules) {
  CollectScope scope{.files = FileScope::named,
                     .names = modules,
                     .parts = {Part::indexes, Part::posture, Part::load_config, Part::known_cves,
                               Part::initramfs_images}};
  if (!options.names.empty()) scope.parts |= {Part::users};
  return read_machine_for_load_paths(
      options, std::move(scope),
      {.modules = modules, .requests = options.aliases, .all = options.open});
}

/// The modules of the profiles that the options name; of a tree, its administrator's profiles.
Result<std::vector<std::string>> modules_of_profiles(const DoorsOptions& options) {
  std::vector<std::string> modules;
  if (options.profiles.empty()) return modules;
  const auto root = open_machine(options);
  if (!root) return std::unexpected(root.error());
  const auto profiles = collect_profiles(**root);
  if (!profiles) return std::unexpected(profiles.error());
  for (const std::string& name : options.profiles) {
    const auto profile = find_profile(*profiles, name);
    if (!profile) return std::unexpected(profile.error());
    for (const ProfileModule& module : (*profile)->modules) modules.push_back(module.name);
  }
  return modules;
}

DoorsDetail detail_of(const DoorsOptions& options) {
  if (options.open) return DoorsDetail::names;
  return options.profiles.empty() ? DoorsDetail::load_paths : DoorsDetail::verdict;
}

bool is_open(const ModuleLoadPaths& module) {
  const LoadState state = load_state_of(module);
  return state == LoadState::open || state == LoadState::built_in;
}

/// A request is open where it has a module loaded, or one that is built in answers to it.
bool is_open(const RequestedModule& module) {
  return module.built_in || module.outcome == LoadPathOutcome::loads ||
         (module.in_initramfs && module.in_initramfs->outcome == LoadPathOutcome::loads);
}

bool some_are_open(const ExposureReport& report) {
  const auto leads_to_open = [](const RequestLoadPaths& request) {
    return std::ranges::any_of(request.modules,
                               [](const RequestedModule& module) { return is_open(module); });
  };
  return std::ranges::any_of(report.modules,
                             [](const ModuleLoadPaths& module) { return is_open(module); }) ||
         std::ranges::any_of(report.requests, leads_to_open);
}

Result<Answer> run(const DoorsOptions& options, const Style& style) {
  if (const auto wrong = wrong_choice(options)) return std::unexpected(*wrong);
  const auto in_profiles = modules_of_profiles(options);
  if (!in_profiles) return std::unexpected(in_profiles.error());
  const auto asked = read_twice_for_aliases(
      options, options.names, *in_profiles,
      [&](const std::vector<std::string>& modules) { return read_facts(options, modules); });
  if (!asked) return std::unexpected(asked.error());
  if (const auto wrong = unknown_name(asked->facts, options, options.names))
    return std::unexpected(*wrong);
  const ExposureReport report = answer_doors(
      asked->facts,
      {.modules = asked->modules, .requests = options.aliases, .all_open = options.open});
  const bool found = !options.open && some_are_open(report);
  return Answer{options.format == "json" ? print_doors_json(report)
                                         : print_doors_text(report, style, detail_of(options)),
                outcome_of(report.unseen, found), report.unseen};
}

}  // namespace

std::unique_ptr<Command> doors_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
