// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "analyze/loading/unload_preflight.hpp"
#include "app/machine.hpp"
#include "app/module_names.hpp"
#include "app/policy/module_change.hpp"
#include "app/policy/module_load.hpp"
#include "base/text.hpp"
#include "cli/verb.hpp"
#include "model/host/module_name.hpp"
#include "report/policy/module_change_report.hpp"

namespace kmodsec {
namespace {

struct UnloadOptions : ChangeOptions {
  std::vector<std::string> names;  ///< Of modules.
};

void declare(OptionSet& set, UnloadOptions& options) {
  set.required_arguments("MODULE", options.names, "Names, aliases or files of modules");
  declare_yes(set, options);
  declare_dry_run(set, options);
}

Result<Facts> read_facts(const UnloadOptions& options, const std::vector<std::string>& modules) {
  auto facts = read_machine(options, {.files = FileScope::named,
                                      .names = modules,
                                      .parts = {Part::indexes, Part::users, Part::posture,
                                                Part::masked, Part::load_config}});
  if (facts && !facts->live)
    return failure(ErrorKind::usage, "unload", "no kernel runs there that has modules loaded");
  return facts;
}

/// An alias or a file is known by the modules that it stands for once the indexes were read.
Result<Facts> read_named(const UnloadOptions& options, std::vector<std::string>& modules) {
  std::vector<std::string> as_written;
  for (const std::string& name : options.names) as_written.push_back(normalized_module_name(name));
  auto facts = read_facts(options, as_written);
  if (!facts) return facts;
  auto named = modules_named(*facts, options, options.names);
  if (!named) return std::unexpected(named.error());
  modules = std::move(*named);
  return modules == as_written ? std::move(facts) : read_facts(options, modules);
}

const UnloadStep* first_that_stays(const UnloadPreflight& preflight) {
  const auto step = std::ranges::find_if(preflight.steps,
                                         [](const UnloadStep& one) { return !one.reason.empty(); });
  return step == preflight.steps.end() ? nullptr : &*step;
}

Outcome outcome_of(const UnloadPreflight& preflight) {
  return outcome_of(preflight.unseen, first_that_stays(preflight) != nullptr);
}

std::string print(const UnloadReport& report, const UnloadOptions& options, const Style& style) {
  if (options.format == "json") return print_unload_json(report);
  return report.change ? print_change_text(*report.change, style)
                       : print_preflight_text(report.preflight, style);
}

Result<Answer> run(const UnloadOptions& options, const Style& style) {
  if (const auto wrong = wrong_machine(options)) return std::unexpected(*wrong);
  std::vector<std::string> modules;
  const auto facts = read_named(options, modules);
  if (!facts) return std::unexpected(facts.error());
  UnloadReport report{&*facts, preflight_unload(*facts, modules), std::nullopt};
  const UnloadPreflight& preflight = report.preflight;
  if (options.dry_run)
    return Answer{print(report, options, style), outcome_of(preflight), preflight.unseen};
  if (const UnloadStep* step = first_that_stays(preflight))
    return std::unexpected(refusal(step->module, step->reason, step->decided_by));
  const auto confirmed =
      confirm_change(options, print_preflight_text(preflight, Style(false, style.width())),
                     fmt::format("Unload {}?", printable(join(modules, ", "))));
  if (!confirmed) return std::unexpected(confirmed.error());
  const auto system = RunningSystem::meant_by(options.root, options.snapshot);
  if (!system) return std::unexpected(system.error());
  auto change = perform_unload(*system, modules);
  if (!change) return std::unexpected(change.error());
  report.change = std::move(*change);
  return Answer{print(report, options, style), Outcome::clean, {}, report.change->error};
}

}  // namespace

std::unique_ptr<Command> unload_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
