// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>
#include <utility>
#include <vector>

#include "analyze/cves/cves_report.hpp"
#include "app/machine.hpp"
#include "app/module_names.hpp"
#include "app/policy/change_host.hpp"
#include "app/policy/edit_policy.hpp"
#include "app/policy/list_exceptions.hpp"
#include "app/policy/policy_text.hpp"
#include "cli/verb.hpp"
#include "collect/collect.hpp"
#include "format/policy/policy_edit.hpp"
#include "report/paragraph.hpp"
#include "report/policy/plan_report.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

struct DenyOptions : PolicyEditOptions {
  bool notable = false;             ///< Deny what `cves` proposes.
  std::vector<std::string> except;  ///< Modules that the lists do not deny.
};

void declare(OptionSet& set, DenyOptions& options) {
  set.arguments("MODULE", options.names, "Names, aliases or files of modules");
  declare_yes(set, options);
  declare_dry_run(set, options);
  declare_whole_changes(set, options);
  declare_deny_override(set, options);
  set.texts("--profile", options.profiles, "The modules of a profile", "PROFILE");
  set.texts("--except", options.except, "Keep this one although such a list has it", "MODULE");
  set.flag("--notable", options.notable, "What 'kmodsec cves' proposes to deny");
  set.flag("--autoload-by-users", options.autoload_by_users,
           "What users can have the kernel load, but for what is in use");
  set.flag("--everything-else", options.everything_else,
           "What this host does not have to keep; only watched at first");
  declare_data(set);
}

Result<void> names_what_to_deny(const DenyOptions& options) {
  if (!options.notable) {
    if (auto named = something_is_named(options); !named) return named;
    return profiles_are_known(options);
  }
  const bool by_list = options.autoload_by_users || options.everything_else;
  if (options.names.empty() && options.profiles.empty() && !by_list) return {};
  return failure(ErrorKind::usage, "--notable",
                 "cannot be used with modules by name, --profile, --autoload-by-users or "
                 "--everything-else");
}

/// What is to be denied, and what hid more of it from `cves`.
struct Named {
  DenyOptions options;
  std::vector<Unseen> unseen = {};
};

/// The same with the modules that the names stand for, or with those that `cves` proposes to deny.
Result<Named> with_notable(const DenyOptions& options) {
  Named named{.options = options};
  if (!options.notable) {
    auto modules = resolve_modules(options, options.names);
    if (!modules) return std::unexpected(modules.error());
    named.options.names = std::move(*modules);
    return named;
  }
  const auto facts = read_machine_for_cves(options);
  if (!facts) return std::unexpected(facts.error());
  CvesReport report = answer_cves(*facts, {});
  named.options.names = std::move(report.deniable);
  named.unseen = std::move(report.unseen);
  return named;
}

/// The policy stays as it is, and there may be none.
Result<Answer> nothing_notable(const Named& named, const Style& style) {
  const std::string note =
      named.unseen.empty()
          ? "'kmodsec cves' proposes no module to deny: nothing changes."
          : "'kmodsec cves' proposes no module to deny, but not all was seen: nothing changes.";
  Answer answer{paragraph(note, 2, style), outcome_of(named.unseen), named.unseen};
  if (named.options.format == "text") return answer;
  const auto root = open_machine(named.options);
  if (!root) return std::unexpected(root.error());
  const Facts machine = collect_identity_of_machine(**root, time_of_looking());
  Plan plan;
  plan.notes = {note};
  plan.unseen = named.unseen;
  answer.text =
      named.options.dry_run ? print_plan_json(plan, machine) : print_applied_json(plan, machine);
  return answer;
}

/// What begins is only watched, whatever mode an earlier time has left.
Result<bool> begins_to_observe(const DenyOptions& options) {
  if (!options.everything_else) return false;
  const auto policy = written_policy_of_host(options);
  if (!policy) return std::unexpected(policy.error());
  return !policy->deny.everything_else && policy->keep.mode == KeepMode::enforce;
}

Result<std::string> deny_in(std::string text, const DenyOptions& options, bool observes,
                            const std::vector<std::string>& except) {
  PolicyText edited(std::move(text));
  for (const std::string& profile : options.profiles)
    edited.change(add_to_list, "deny", "profiles", profile);
  if (options.autoload_by_users) edited.change(set_switch, "deny", "autoload_by_users", true);
  if (options.everything_else) edited.change(set_switch, "deny", "everything_else", true);
  if (observes) edited.change(set_text, "keep", "mode", "observe");
  for (const std::string& module : modules_of(options)) {
    edited.change(remove_from_list, "deny", "except", module);
    edited.change(remove_from_list, "keep", "modules", module);
    edited.change(remove_exceptions, module, 0);
    edited.change(add_to_list, "deny", "modules", module);
  }
  for (const std::string& module : except) {
    edited.change(remove_from_list, "deny", "modules", module);
    edited.change(add_to_list, "deny", "except", module);
  }
  return edited.take();
}

Result<Answer> run(const DenyOptions& options, const Style& style) {
  if (auto right = names_what_to_deny(options); !right) return std::unexpected(right.error());
  const auto except = excepted_modules(options, options.except);
  if (!except) return std::unexpected(except.error());
  const auto named = with_notable(options);
  if (!named) return std::unexpected(named.error());
  if (options.notable && named->options.names.empty()) return nothing_notable(*named, style);
  const auto observes = begins_to_observe(options);
  if (!observes) return std::unexpected(observes.error());
  const EditPolicy edit = [&](const Editor& editor) {
    return edits_of_policy(editor, [&](std::string text) {
      return deny_in(std::move(text), named->options, *observes, *except);
    });
  };
  return change_host(named->options, style, edit, {.unseen = named->unseen});
}

}  // namespace

std::unique_ptr<Command> deny_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
