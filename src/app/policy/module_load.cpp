// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/module_load.hpp"

#include <algorithm>
#include <utility>

#include "analyze/loading/load_preflight.hpp"
#include "app/machine.hpp"
#include "app/policy/module_change.hpp"
#include "plan/owned_file.hpp"
#include "system/modules/libkmod_loader.hpp"

namespace kmodsec {
namespace {

/// The indexes tell which modules it is about; then their files are read.
Result<Facts> read_facts(const Options& options, const std::string& request) {
  const auto indexes = read_machine(options, {.parts = {Part::indexes, Part::load_config}});
  if (!indexes) return std::unexpected(indexes.error());
  if (!indexes->live)
    return failure(ErrorKind::usage, request, "no kernel runs there that could load it");
  return read_machine(options, {.files = FileScope::named,
                                .names = modules_to_insert(*indexes, request),
                                .parts = {Part::signatures, Part::indexes, Part::posture,
                                          Part::masked, Part::load_config}});
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

}  // namespace

Result<std::unique_ptr<ModuleLoad>> preflight_load_of(const Options& options,
                                                      const std::string& request,
                                                      const std::string& parameters) {
  auto facts = read_facts(options, request);
  if (!facts) return std::unexpected(facts.error());
  auto load = std::make_unique<ModuleLoad>();
  load->facts = std::move(*facts);
  load->report = {&load->facts, preflight_load(load->facts, request, parameters), {}, {}};
  return load;
}

Result<void> would_load_without_ours(const Options& options, const std::string& request) {
  auto facts = read_facts(options, request);
  if (!facts) return std::unexpected(facts.error());
  const OwnPaths ours = own_paths();
  if (facts->load)
    std::erase_if(facts->load->lines,
                  [&](const ConfigLine& line) { return ours.files.contains(line.source); });
  const LoadPreflight preflight = preflight_load(*facts, request, {});
  if (!preflight.is_refused()) return {};
  return std::unexpected(refusal(request, preflight.reason, preflight.decided_by));
}

Result<void> perform_load(RunningSystem system, LoadReport& report, const std::string& parameters) {
  const LoadPreflight& preflight = report.preflight;
  const auto loader = LibkmodLoader::open(system);
  if (!loader) return std::unexpected(loader.error());
  const auto watch = ChangeWatch::begin();
  if (!watch) return std::unexpected(watch.error());
  ModuleChange change;
  const auto loaded = loader->load(preflight.request, preflight.module, parameters);
  if (!loaded) change.error = loaded.error();
  watch->end(modules_of(preflight), change);
  settle(preflight, change);
  report.change = std::move(change);
  return {};
}

Result<ModuleChange> perform_unload(RunningSystem system, const std::vector<std::string>& modules) {
  const auto loader = LibkmodLoader::open(system);
  if (!loader) return std::unexpected(loader.error());
  const auto watch = ChangeWatch::begin();
  if (!watch) return std::unexpected(watch.error());
  ModuleChange change;
  for (const std::string& module : modules) {
    const auto gone = loader->unload(module);
    if (!gone) {
      change.error = gone.error();
      break;
    }
    change.done.push_back(module);
  }
  watch->end(modules, change);
  return change;
}

std::vector<std::string> modules_of(const LoadPreflight& preflight) {
  std::vector<std::string> modules;
  for (const LoadStep& step : preflight.steps) modules.push_back(step.module);
  return modules;
}

}  // namespace kmodsec
