// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/loading/configured_load_paths.hpp"
#include "analyze/loading/judge_config.hpp"

namespace kmodsec {
namespace {

/// The ways past a blacklist line, the least expected first.
constexpr std::array ways_past = {LoadPath::dependency, LoadPath::softdep, LoadPath::boot,
                                  LoadPath::name};

bool is_local_blacklist(const ConfigLine& line) {
  return line.directive == Directive::blacklist && is_local_deny(line);
}

/// What is wrong with a blacklisted module; empty when nothing is.
std::string find_open(const std::string& module, const ConfiguredLoadPaths& load_paths) {
  const ConfigLine* install = load_paths.model().install_line(module);
  if (install != nullptr && is_install_deny(*install)) return {};
  const ModuleLoadPaths its = load_paths.of(module);
  if (its.presence != Presence::loadable) return {};
  const auto open =
      std::ranges::find_if(ways_past, [&](LoadPath load_path) { return loads_by(its, load_path); });
  if (open == ways_past.end()) return {};
  const std::string& note = verdict_of(its, *open).note;
  return fmt::format("is blacklisted only, and loads {}{}{}", words_of(*open),
                     note.empty() ? "" : ": ", note);
}

std::vector<Finding> find_in(const LoadConfig& config, const ModuleTree& tree) {
  const ConfiguredLoadPaths load_paths(config, tree);
  std::unordered_map<std::string_view, std::string> open_modules;
  std::vector<Finding> findings;
  for (const ConfigLine* line : lines_that(config, is_local_blacklist)) {
    const auto [known, is_new] = open_modules.try_emplace(line->name);
    if (is_new) known->second = find_open(line->name, load_paths);
    if (!known->second.empty())
      findings.push_back({line->name, known->second, {evidence_of(*line)}});
  }
  return findings;
}

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_trees(facts, is_local_blacklist,
                     [&](const ModuleTree& tree) { return find_in(*facts.load, tree); });
}

}  // namespace

extern const Check conf_004_blacklist_leaves_load_path{
    .id = "CONF-004",
    .title = "No module is denied by a blacklist line alone",
    .fault = "A module is denied by a blacklist line alone",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .method =
        "The load paths of each blacklisted module that no install line denies. It fails for each "
        "that still loads by name, as a dependency or by a softdep.",
    .rationale =
        "A blacklist line only keeps a module from being loaded for one of its aliases. It "
        "loads all the same when it is asked for by its name, when another module needs it, "
        "or when a softdep names it. Only lines below /etc, /run and /usr/local are judged: "
        "the lists of a distribution are there to choose between drivers, not to deny.",
    .remedy =
        "To keep the module out, add \"install MODULE /bin/false\". A line that only chooses "
        "between two drivers can stay as it is.",
    .command = "kmodsec deny {}",
    .references = {"man:modprobe.d(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
