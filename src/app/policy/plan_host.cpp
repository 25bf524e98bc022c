// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/plan_host.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "analyze/derive.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/policy/active_denies.hpp"
#include "analyze/policy/staying_denies.hpp"
#include "app/machine.hpp"
#include "app/policy/plan_gaps.hpp"
#include "app/policy/usable_policy.hpp"
#include "collect/collect.hpp"
#include "collect/host/trusted_files.hpp"
#include "collect/kernel/host_tools.hpp"
#include "collect/loading/host_programs.hpp"
#include "collect/loading/load_config.hpp"
#include "model/host/module_name.hpp"
#include "plan/conflicts.hpp"
#include "plan/deny_changes.hpp"
#include "plan/plan.hpp"
#include "system/files/dir_root.hpp"
#include "system/files/overlay_root.hpp"
#include "system/host/clock.hpp"
#include "system/host/own_program.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t file_limit = 16UL * 1024 * 1024;

void lay_over(const std::vector<FileEdit>& edits, OverlayRoot& root) {
  for (const FileEdit& edit : edits) root.set(edit.path, edit.after);
}

/// What is denied without a look at what the host uses may be what it needs.
Result<void> uses_are_seen(const Facts& facts) {
  const bool all_else = denies_everything_else(*facts.policy);
  const auto refuse = [&](const Error& error) {
    return failure(error.kind, error.subject,
                   fmt::format("deny.{} keeps what this host uses, and that could not be seen: {}",
                               all_else ? "everything_else" : "autoload_by_users", error.reason));
  };
  if (!facts.policy->deny.autoload_by_users && !all_else) return {};
  if (!facts.load) return refuse(facts.load.error());
  if (!facts.needs) return refuse(facts.needs.error());
  const bool has_loaded = facts.live && !lacks_module_support(facts);
  if (has_loaded && !facts.loaded) return refuse(facts.loaded.error());
  return {};
}

/// A file of policy.d is read after the one that --from edits.
Result<void> is_enforced(const ChangeOptions& options, const Policy& policy) {
  if (options.from_mode.empty() || denies_everything_else(policy)) return {};
  return failure(ErrorKind::usage, "--from",
                 "keep.mode is \"observe\" in a file of policy.d, which counts after policy.toml");
}

/// Where no kernel runs (a disk of a host, a change root) nothing tells what its hardware is. An
/// image has none: whoever makes one says so with --override usage-record.
void note_missing_kernel_state(const Facts& facts, std::vector<Unseen>& unseen) {
  if (!facts.live)
    unseen.push_back({"devices and loaded modules", "neither /proc nor /sys is there"});
}

/// Together with everything else, whose keep set knows more of what the host uses.
void add_everything_else(const Facts& facts, PlanInput& input) {
  if (!denies_everything_else(*facts.policy)) return;
  leave_kept(input.everything_else.set, input.autoload.denies);
  note_missing_kernel_state(facts, input.everything_else.unseen);
}

/// The file of the denies has them in one order, whatever the reason of each.
void add_staying(const Facts& facts, PlanInput& input) {
  std::vector<PolicyDeny>& denies = input.everything_else.denies;
  std::vector<PolicyDeny> staying = staying_denies(facts, input.everything_else);
  input.staying = staying.size();
  std::ranges::move(staying, std::back_inserter(denies));
  std::ranges::sort(denies, {}, &PolicyDeny::module);
}

Result<PlanInput> input_for(const Root& root, const Facts& facts, const ChangeOptions& options) {
  if (auto seen = uses_are_seen(facts); !seen) return std::unexpected(seen.error());
  PlanInput input{.facts = &facts,
                  .denies = active_denies(*facts.policy, facts.time),
                  .exceptions = {},
                  .systemd_runs = systemd_runs(root),
                  .autoload = autoload_denies(facts),
                  .everything_else = everything_else(facts)};
  add_everything_else(facts, input);
  if (options.unattended) add_staying(facts, input);
  input.denies = with_autoload(std::move(input.denies), input.autoload.denies);
  input.denies = with_autoload(std::move(input.denies), input.everything_else.denies);
  std::ranges::copy_if(
      facts.policy->exceptions, std::back_inserter(input.exceptions),
      [&](const PolicyException& exception) { return is_active(exception, facts.time); });
  input.program_is_there = options.root.empty() || root.status(input.program.path()).has_value();
  if (!options.root.empty() || !facts.tools.systemd || !needs_units(input)) return input;
  auto program = program_of_units(root, own_program());
  if (!program) return std::unexpected(program.error());
  input.program = std::move(*program);
  return input;
}

/// The facts as they will be: the kernel's switches of today do not hold after the next boot, and
/// an image that is made anew has what the host has.
Facts facts_after(Facts facts, const Seen<LoadConfig>& load, const std::vector<Action>& actions) {
  facts.live = false;
  facts.load = load;
  for (ModuleTree& tree : facts.trees) {
    if (!tree.initramfs_images) continue;
    std::erase_if(*tree.initramfs_images, [&](const InitramfsImage& image) {
      return std::ranges::any_of(actions, [&](const Action& action) {
        return std::ranges::find(action.rewrites, image.path) != action.rewrites.end();
      });
    });
  }
  return facts;
}

/// Modules as the kernel spells them; the record of what was used is no module.
std::set<std::string> overridden_by(const ChangeOptions& options) {
  std::set<std::string> names;
  for (const std::string& name : options.overrides)
    names.insert(name == usage_record_override ? name : normalized_module_name(name));
  return names;
}

/// What a plan says beside what it does.
void add_remarks(const PlanInput& input, const OptionsVerdict& options, Plan& plan) {
  plan.notes = notes_on(input);
  std::ranges::move(notes_on_kernels(input), std::back_inserter(plan.notes));
  plan.unseen = gaps_in(input);
  std::ranges::copy(options.notes, std::back_inserter(plan.notes));
  std::ranges::copy(options.unseen, std::back_inserter(plan.unseen));
  std::ranges::copy(input.autoload.unseen, std::back_inserter(plan.unseen));
  std::ranges::copy(input.everything_else.unseen, std::back_inserter(plan.unseen));
  if (input.facts->policy->deny.autoload_by_users)
    plan.autoload = AutoloadPlan{.denied = input.autoload.denies.size(),
                                 .kept = input.autoload.kept,
                                 .uses_are_known = input.facts->live};
  if (input.facts->policy->deny.everything_else)
    plan.everything_else = EverythingElsePlan{.mode = input.facts->policy->keep.mode,
                                              .set = input.everything_else.set,
                                              .readiness = input.everything_else.readiness,
                                              .in_force = input.everything_else.in_force,
                                              .now = input.facts->time};
  plan.opened.clear();
  for (const PolicyException& exception : input.exceptions)
    plan.opened.push_back({exception, input.facts->tools.systemd && input.program_is_there});
}

/// What stays open, of the host as it will be.
void add_outlook(const PlanInput& input, const Facts& after, Plan& plan) {
  OpenDenies found = open_denies(after, input.denies);
  plan.open = std::move(found.open);
  if (!why_no_modules(*input.facts))
    std::ranges::move(found.unseen, std::back_inserter(plan.unseen));
  std::ranges::copy(plan.unreadable, std::back_inserter(plan.unseen));
  erase_repeated(plan.unseen);
}

/// The host of today, without the switches of its kernel that last until the next boot.
DenyChanges changes_of(const std::vector<FileEdit>& edits, const Facts& facts) {
  DenyChanges changes = deny_changes(edits);
  if (changes.denied.empty() || !facts.load) return changes;
  set_apart_closed(facts_after(facts, *facts.load, {}), changes);
  return changes;
}

}  // namespace

CollectScope scope_of_plan(std::int64_t now) {
  return {.files = FileScope::loaded,
          .parts = {Part::indexes, Part::users, Part::posture, Part::masked, Part::load_config,
                    Part::initramfs_images, Part::other_kernels, Part::changes},
          .now = now};
}

Result<UnitProgram> program_of_units(const Root& root, const std::string& path) {
  const auto refuse = [&](const std::string& why) {
    return failure(ErrorKind::denied, path,
                   fmt::format("root's units would run this program, and {}; install it where only "
                               "root may change it, and run it from there",
                               why));
  };
  if (auto trusted = only_root_may_change(root, path); !trusted)
    return refuse(trusted.error().reason);
  auto program = UnitProgram::at(path);
  if (!program) return refuse("systemd would read more than a path in its name");
  return *program;
}

Result<ChangedHost> open_changed_host(const Options& options) {
  if (!options.snapshot.empty())
    return failure(ErrorKind::usage, "--snapshot", "a snapshot cannot be changed");
  auto root = open_machine(options);
  if (!root) return std::unexpected(root.error());
  auto editor =
      options.root.empty() ? Editor::open_running_system() : Editor::open_tree(options.root);
  if (!editor) return std::unexpected(editor.error());
  return ChangedHost{std::move(*root), std::move(*editor)};
}

Result<std::vector<PolicyDeny>> denies_of_host(const ChangedHost& host) {
  const auto facts = collect(*host.root, scope_of_plan(time_of_change()));
  if (!facts) return std::unexpected(facts.error());
  if (!facts->policy) return std::unexpected(facts->policy.error());
  if (auto seen = uses_are_seen(*facts); !seen) return std::unexpected(seen.error());
  auto by_users = autoload_denies(*facts).denies;
  const EverythingElse all_else = everything_else(*facts, KeepSetDetail::names);
  if (denies_everything_else(*facts->policy)) leave_kept(all_else.set, by_users);
  return with_autoload(with_autoload(facts->policy->denies, by_users), all_else.denies);
}

Result<HostPlan> plan_host(const ChangedHost& host, const ChangeOptions& options, std::int64_t now,
                           std::vector<FileEdit> first) {
  OverlayRoot root(*host.root);
  lay_over(first, root);
  auto facts = collect(root, scope_of_plan(now));
  if (!facts) return std::unexpected(facts.error());
  auto options_verdict = policy_is_usable(root, *facts);
  if (!options_verdict) return std::unexpected(options_verdict.error());
  if (auto enforced = is_enforced(options, *facts->policy); !enforced)
    return std::unexpected(enforced.error());
  const auto input = input_for(root, *facts, options);
  if (!input) return std::unexpected(input.error());
  auto edits = edits_for(
      *input, [&](const std::string& path) { return host.editor.state(path, file_limit); });
  if (!edits) return std::unexpected(edits.error());
  lay_over(edits->list, root);
  auto load = collect_load_config(root, built_in_modprobe(*facts));
  if (!load) return std::unexpected(load.error());
  collect_packages_of_lines(root, load->programs);
  const std::set<std::string> overridden = overridden_by(options);
  Plan plan{.sources = facts->policy->sources,
            .edits = std::move(first),
            .actions = actions_for(*input, edits->list, *load),
            .conflicts = conflicts_with(*input, derive(*facts), overridden),
            .unreadable = edits->unreadable};
  add_remarks(*input, *options_verdict, plan);
  std::ranges::move(edits->list, std::back_inserter(plan.edits));
  plan.changes = changes_of(plan.edits, *facts);
  const auto actions = options.root.empty() ? plan.actions : std::vector<Action>{};
  add_outlook(*input, facts_after(*facts, *load, actions), plan);
  return HostPlan{std::move(*facts), std::move(plan), std::move(*options_verdict)};
}

void note_idle_overrides(const ChangeOptions& options, Plan& plan) {
  for (const std::string& module : overridden_by(options)) {
    if (std::ranges::find(plan.conflicts, module, &Conflict::module) == plan.conflicts.end())
      plan.notes.push_back(
          fmt::format("--override {}: nothing was to be refused because of it", module));
  }
}

Result<void> read_back(const ChangedHost& host, const ChangeOptions& options, HostPlan& planned) {
  auto facts = collect(*host.root, scope_of_plan(time_of_change()));
  if (!facts) return std::unexpected(facts.error());
  if (!facts->policy) return std::unexpected(facts->policy.error());
  const auto input = input_for(*host.root, *facts, options);
  if (!input) return std::unexpected(input.error());
  add_remarks(*input, planned.options, planned.plan);
  add_outlook(*input, facts_after(*facts, facts->load, {}), planned.plan);
  planned.facts = std::move(*facts);
  return {};
}

}  // namespace kmodsec
