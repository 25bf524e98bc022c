// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "analyze/load_preflight.hpp"
#include "analyze/module_parameters.hpp"
#include "base/text.hpp"
#include "cli/machine.hpp"
#include "cli/module_change.hpp"
#include "cli/verb.hpp"
#include "report/module_change_report.hpp"
#include "system/module_loader.hpp"

namespace kmodsec {
namespace {

/// The indexes tell which modules it is about; then their files are read.
Result<Facts> read_facts(const Options& options, const std::string& request) {
  const auto indexes = read_machine(options, {.indexes = true, .load_config = true});
  if (!indexes) return std::unexpected(indexes.error());
  if (!indexes->live)
    return failure(ErrorKind::usage, request, "no kernel runs there that could load it");
  return read_machine(options, {.files = FileScope::named,
                                .names = modules_to_insert(*indexes, request),
                                .signatures = true,
                                .indexes = true,
                                .posture = true,
                                .hidden = true,
                                .load_config = true});
}

Outcome outcome_of(const LoadPreflight& preflight) {
  return preflight.is_refused() ? Outcome::findings : outcome_of(preflight.unseen);
}

std::vector<std::string> modules_of(const LoadPreflight& preflight) {
  std::vector<std::string> modules;
  for (const LoadStep& step : preflight.steps) modules.push_back(step.module);
  return modules;
}

/// What failed is the first required one that is not there: libkmod stops at it.
void settle(const LoadPreflight& preflight, ModuleChange& change) {
  for (const LoadStep& step : preflight.steps) {
    const bool is_there =
        std::ranges::find(change.loaded, step.module, &LoadedModule::name) != change.loaded.end();
    if (is_there) {
      change.done.push_back(step.module);
    } else if (change.error && step.required) {
      change.error->subject = step.module;
      return;
    }
  }
}

Result<ModuleChange> load(const LoadPreflight& preflight, const std::string& parameters) {
  const auto loader = ModuleLoader::open();
  if (!loader) return std::unexpected(loader.error());
  const auto watch = ChangeWatch::begin();
  if (!watch) return std::unexpected(watch.error());
  ModuleChange change;
  const auto loaded = loader->load(preflight.request, preflight.module, parameters);
  if (!loaded) change.error = loaded.error();
  watch->end(modules_of(preflight), change);
  settle(preflight, change);
  return change;
}

std::string print(const LoadReport& report, const Options& options, const Style& style) {
  if (options.format == "json") return print_load_json(report);
  return report.change ? print_change_text(*report.change, style)
                       : print_preflight_text(report.preflight, style);
}

}  // namespace

Result<Answer> run_load(const Options& options, const Style& style) {
  if (const auto wrong = wrong_machine(options)) return std::unexpected(*wrong);
  const std::string& request = options.names.front();
  const std::string parameters =
      joined_parameters({options.names.begin() + 1, options.names.end()});
  const auto facts = read_facts(options, request);
  if (!facts) return std::unexpected(facts.error());
  LoadReport report{&*facts, preflight_load(*facts, request, parameters), std::nullopt};
  const LoadPreflight& preflight = report.preflight;
  if (options.dry_run)
    return Answer{print(report, options, style), outcome_of(preflight), preflight.unseen};
  if (preflight.is_refused())
    return std::unexpected(refusal(request, preflight.reason, preflight.decided_by));
  if (preflight.outcome == LoadOutcome::loads) {
    const auto confirmed =
        confirm_change(options, print_preflight_text(preflight, Style(false)),
                       fmt::format("Load {}?", printable(join(modules_of(preflight), ", "))));
    if (!confirmed) return std::unexpected(confirmed.error());
    auto change = load(preflight, parameters);
    if (!change) return std::unexpected(change.error());
    report.change = std::move(*change);
  }
  return Answer{print(report, options, style),
                Outcome::clean,
                {},
                report.change ? report.change->error : std::nullopt};
}

}  // namespace kmodsec
